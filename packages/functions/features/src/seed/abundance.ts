/**
 * The abundance of the ten animals in each country: written by hand from general knowledge, in November 2026. It is
 * not survey data, nothing was counted, and single cells will be wrong; the service uses it as a faint hint only.
 *
 * 0: does not live there (zoos, vagrants and a few police dogs aside count as 0 or 1)
 * 1: rare, or in one corner of the country
 * 2: common in parts of it
 * 3: wherever there is room for it
 *
 * Wild animals: `bear` is any of the eight species, from polar to sun bear; `elephant` the African and the Asian ones;
 * `zebra` all three species. Horses, sheep and cows are livestock; cats and dogs also stray. A country is one row, however
 * large: there are no bears on Hawaii, yet they are in its country's row.
 *
 * Columns: ISO 3166-1 alpha-2 (XK: Kosovo, user-assigned), ISO 3166-1 numeric, short English name, the animals.
 */
export const abundanceCsv = `\
country,numeric,name,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe
AD,020,Andorra,3,3,3,2,2,3,0,1,0,0
AE,784,United Arab Emirates,3,3,3,2,2,2,0,0,0,0
AF,004,Afghanistan,3,3,3,2,3,3,0,1,0,0
AG,028,Antigua and Barbuda,3,3,3,1,1,2,0,0,0,0
AI,660,Anguilla,3,3,3,1,1,1,0,0,0,0
AL,008,Albania,3,3,3,2,3,3,0,2,0,0
AM,051,Armenia,3,3,3,2,3,3,0,2,0,0
AO,024,Angola,3,3,3,1,1,2,2,0,1,1
AQ,010,Antarctica,2,0,0,0,0,0,0,0,0,0
AR,032,Argentina,3,3,3,3,2,3,0,1,0,0
AS,016,American Samoa,3,3,3,0,0,1,0,0,0,0
AT,040,Austria,3,3,3,2,2,3,0,1,0,0
AU,036,Australia,3,3,3,2,3,3,0,0,0,0
AW,533,Aruba,3,3,3,1,1,1,0,0,0,0
AX,248,Åland Islands,3,3,3,1,2,3,0,0,0,0
AZ,031,Azerbaijan,3,3,3,2,3,3,0,2,0,0
BA,070,Bosnia and Herzegovina,3,3,3,2,2,3,0,2,0,0
BB,052,Barbados,3,3,3,1,2,2,0,0,0,0
BD,050,Bangladesh,3,3,3,1,1,3,1,1,0,0
BE,056,Belgium,3,3,3,3,2,3,0,0,0,0
BF,854,Burkina Faso,3,3,3,2,3,3,2,0,0,0
BG,100,Bulgaria,3,3,3,2,3,3,0,2,0,0
BH,048,Bahrain,3,3,3,2,2,1,0,0,0,0
BI,108,Burundi,3,3,3,1,2,3,0,0,0,0
BJ,204,Benin,3,3,3,1,2,2,2,0,0,0
BL,652,Saint Barthélemy,3,3,3,0,0,0,0,0,0,0
BM,060,Bermuda,3,3,3,1,1,1,0,0,0,0
BN,096,Brunei Darussalam,3,3,3,1,1,1,0,2,0,0
BO,068,Bolivia,3,3,3,2,2,3,0,2,0,0
BQ,535,Caribbean Netherlands,3,3,3,1,1,1,0,0,0,0
BR,076,Brazil,3,3,3,3,2,3,0,0,0,0
BS,044,Bahamas,3,3,3,2,2,3,0,0,0,0
BT,064,Bhutan,3,3,3,2,1,3,2,2,0,0
BV,074,Bouvet Island,3,0,0,0,0,0,0,0,0,0
BW,072,Botswana,3,3,3,2,2,3,3,0,3,2
BY,112,Belarus,3,3,3,2,1,3,0,1,0,0
BZ,084,Belize,3,3,3,2,1,3,0,0,0,0
CA,124,Canada,3,3,3,2,2,3,0,3,0,0
CC,166,Cocos (Keeling) Islands,3,3,3,0,0,0,0,0,0,0
CD,180,Congo (Kinshasa),3,3,3,1,1,1,1,0,1,1
CF,140,Central African Republic,3,3,3,1,1,3,1,0,0,1
CG,178,Congo (Brazzaville),3,3,3,1,1,1,2,0,0,0
CH,756,Switzerland,3,3,3,2,2,3,0,1,0,0
CI,384,Cote d'Ivoire,3,3,3,1,2,2,1,0,0,0
CK,184,Cook Islands,3,3,3,1,0,1,0,0,0,0
CL,152,Chile,3,3,3,2,2,3,0,0,0,0
CM,120,Cameroon,3,3,3,1,2,3,2,0,0,1
CN,156,China,3,3,3,2,3,3,1,2,0,0
CO,170,Colombia,3,3,3,3,2,3,0,1,0,0
CR,188,Costa Rica,3,3,3,2,1,3,0,0,0,0
CU,192,Cuba,3,3,3,2,2,3,0,0,0,0
CV,132,Cape Verde,3,3,3,1,1,2,0,0,0,0
CW,531,Curaçao,3,3,3,1,1,1,0,0,0,0
CX,162,Christmas Island,3,3,3,0,0,0,0,0,0,0
CY,196,Cyprus,3,3,3,2,2,2,0,0,0,0
CZ,203,Czech Republic,3,3,3,2,1,3,0,1,0,0
DE,276,Germany,3,3,3,3,2,3,0,0,0,0
DJ,262,Djibouti,3,3,3,1,3,2,0,0,0,0
DK,208,Denmark,3,3,3,2,1,3,0,0,0,0
DM,212,Dominica,3,3,3,1,2,2,0,0,0,0
DO,214,Dominican Republic,3,3,3,2,2,3,0,0,0,0
DZ,012,Algeria,3,3,3,2,3,2,0,0,0,0
EC,218,Ecuador,3,3,3,2,2,3,0,2,0,0
EE,233,Estonia,3,3,3,2,1,3,0,2,0,0
EG,818,Egypt,3,3,3,2,2,3,0,0,0,0
EH,732,Western Sahara,3,3,3,1,3,2,0,0,0,0
ER,232,Eritrea,3,3,3,1,3,3,1,0,0,0
ES,724,Spain,3,3,3,2,3,3,0,1,0,0
ET,231,Ethiopia,3,3,3,3,3,3,1,0,2,1
FI,246,Finland,3,3,3,2,1,2,0,2,0,0
FJ,242,Fiji,3,3,3,2,1,3,0,0,0,0
FK,238,Falkland Islands,3,2,3,2,3,2,0,0,0,0
FM,583,Micronesia,3,3,3,0,0,1,0,0,0,0
FO,234,Faroe Islands,3,3,3,1,3,1,0,0,0,0
FR,250,France,3,3,3,3,2,3,0,1,0,0
GA,266,Gabon,3,3,3,1,1,1,2,0,0,0
GB,826,United Kingdom,3,3,3,3,3,3,0,0,0,0
GD,308,Grenada,3,3,3,1,2,2,0,0,0,0
GE,268,Georgia,3,3,3,2,3,3,0,2,0,0
GF,254,French Guiana,3,3,3,1,1,2,0,0,0,0
GG,831,Guernsey,3,3,3,1,1,3,0,0,0,0
GH,288,Ghana,3,3,3,1,2,2,2,0,0,0
GI,292,Gibraltar,3,3,3,1,0,0,0,0,0,0
GL,304,Greenland,3,2,3,1,2,1,0,2,0,0
GM,270,Gambia,3,3,3,2,2,2,0,0,0,0
GN,324,Guinea,3,3,3,1,2,3,1,0,0,0
GP,312,Guadeloupe,3,3,3,1,1,2,0,0,0,0
GQ,226,Equatorial Guinea,3,3,3,1,1,1,1,0,0,0
GR,300,Greece,3,3,3,2,3,2,0,2,0,0
GS,239,South Georgia and the South Sandwich Islands,3,0,0,0,0,0,0,0,0,0
GT,320,Guatemala,3,3,3,2,2,3,0,0,0,0
GU,316,Guam,3,3,3,1,1,1,0,0,0,0
GW,624,Guinea-Bissau,3,3,3,1,2,2,1,0,0,0
GY,328,Guyana,3,3,3,1,2,3,0,0,0,0
HK,344,Hong Kong,3,3,3,1,0,2,0,0,0,0
HM,334,Heard Island and McDonald Islands,3,0,0,0,0,0,0,0,0,0
HN,340,Honduras,3,3,3,2,1,3,0,0,0,0
HR,191,Croatia,3,3,3,2,2,3,0,2,0,0
HT,332,Haiti,3,3,3,2,2,3,0,0,0,0
HU,348,Hungary,3,3,3,3,2,3,0,1,0,0
ID,360,Indonesia,3,3,3,2,2,2,1,2,0,0
IE,372,Ireland,3,3,3,3,3,3,0,0,0,0
IL,376,Israel,3,3,3,2,2,2,0,0,0,0
IM,833,Isle of Man,3,3,3,1,3,3,0,0,0,0
IN,356,India,3,3,3,2,3,3,2,2,0,0
IO,086,British Indian Ocean Territory,3,2,0,0,0,0,0,0,0,0
IQ,368,Iraq,3,3,3,2,3,2,0,1,0,0
IR,364,Iran,3,3,3,2,3,2,0,2,0,0
IS,352,Iceland,3,3,3,3,3,2,0,0,0,0
IT,380,Italy,3,3,3,2,2,3,0,1,0,0
JE,832,Jersey,3,3,3,1,1,3,0,0,0,0
JM,388,Jamaica,3,3,3,2,1,3,0,0,0,0
JO,400,Jordan,3,3,3,2,3,2,0,0,0,0
JP,392,Japan,3,3,3,1,1,2,0,2,0,0
KE,404,Kenya,3,3,3,1,3,3,2,0,3,3
KG,417,Kyrgyzstan,3,3,3,3,3,3,0,1,0,0
KH,116,Cambodia,3,3,3,1,1,3,1,1,0,0
KI,296,Kiribati,3,3,3,0,0,0,0,0,0,0
KM,174,Comoros,3,3,3,1,1,2,0,0,0,0
KN,659,Saint Kitts and Nevis,3,3,3,1,2,2,0,0,0,0
KP,408,North Korea,3,3,2,1,1,2,0,1,0,0
KR,410,South Korea,3,3,3,1,1,2,0,1,0,0
KW,414,Kuwait,3,3,3,2,3,1,0,0,0,0
KY,136,Cayman Islands,3,3,3,1,1,2,0,0,0,0
KZ,398,Kazakhstan,3,3,3,3,3,3,0,2,0,0
LA,418,Laos,3,3,3,1,1,2,1,2,0,0
LB,422,Lebanon,3,3,3,2,2,2,0,0,0,0
LC,662,Saint Lucia,3,3,3,1,2,2,0,0,0,0
LI,438,Liechtenstein,3,3,3,2,2,3,0,0,0,0
LK,144,Sri Lanka,3,3,3,1,1,3,3,2,0,0
LR,430,Liberia,3,3,3,1,1,1,1,0,0,0
LS,426,Lesotho,3,3,3,3,3,3,0,0,0,0
LT,440,Lithuania,3,3,3,2,1,3,0,1,0,0
LU,442,Luxembourg,3,3,3,2,1,3,0,0,0,0
LV,428,Latvia,3,3,3,2,1,3,0,1,0,0
LY,434,Libya,3,3,3,2,3,1,0,0,0,0
MA,504,Morocco,3,3,3,2,3,2,0,0,0,0
MC,492,Monaco,3,3,3,1,0,0,0,0,0,0
MD,498,Moldova,3,3,3,2,2,3,0,0,0,0
ME,499,Montenegro,3,3,3,2,2,3,0,2,0,0
MF,663,Saint Martin,3,3,3,1,1,1,0,0,0,0
MG,450,Madagascar,3,3,3,1,2,3,0,0,0,0
MH,584,Marshall Islands,3,3,3,0,0,0,0,0,0,0
MK,807,The Republic of North Macedonia,3,3,3,2,3,3,0,2,0,0
ML,466,Mali,3,3,3,2,3,3,1,0,0,0
MM,104,Myanmar,3,3,3,1,1,3,2,2,0,0
MN,496,Mongolia,3,3,3,3,3,3,0,1,0,0
MO,446,Macao,3,3,3,1,0,0,0,0,0,0
MP,580,Northern Mariana Islands,3,3,3,1,0,2,0,0,0,0
MQ,474,Martinique,3,3,3,1,1,2,0,0,0,0
MR,478,Mauritania,3,3,3,2,3,3,0,0,0,0
MS,500,Montserrat,3,3,3,1,2,2,0,0,0,0
MT,470,Malta,3,3,3,1,1,1,0,0,0,0
MU,480,Mauritius,3,3,3,1,1,1,0,0,0,0
MV,462,Maldives,3,3,1,0,0,0,0,0,0,0
MW,454,Malawi,3,3,3,1,1,3,2,0,1,1
MX,484,Mexico,3,3,3,3,2,3,0,1,0,0
MY,458,Malaysia,3,3,3,1,1,1,2,2,0,0
MZ,508,Mozambique,3,3,3,1,1,2,2,0,2,1
NA,516,Namibia,3,3,3,2,3,3,2,0,3,3
NC,540,New Caledonia,3,3,3,2,1,3,0,0,0,0
NE,562,Niger,3,3,3,2,3,3,1,0,0,2
NF,574,Norfolk Island,3,3,3,1,1,2,0,0,0,0
NG,566,Nigeria,3,3,3,2,3,3,1,0,0,0
NI,558,Nicaragua,3,3,3,2,1,3,0,0,0,0
NL,528,Netherlands,3,3,3,3,2,3,0,0,0,0
NO,578,Norway,3,3,3,2,3,2,0,1,0,0
NP,524,Nepal,3,3,3,1,2,3,1,2,0,0
NR,520,Nauru,3,3,3,0,0,0,0,0,0,0
NU,570,Niue,3,3,3,0,0,1,0,0,0,0
NZ,554,New Zealand,3,3,3,2,3,3,0,0,0,0
OM,512,Oman,3,3,3,2,2,2,0,0,0,0
PA,591,Panama,3,3,3,2,1,3,0,0,0,0
PE,604,Peru,3,3,3,2,3,3,0,2,0,0
PF,258,French Polynesia,3,3,3,1,1,1,0,0,0,0
PG,598,Papua New Guinea,3,3,3,1,1,1,0,0,0,0
PH,608,Philippines,3,3,3,2,1,2,0,0,0,0
PK,586,Pakistan,3,3,3,2,3,3,0,1,0,0
PL,616,Poland,3,3,3,2,1,3,0,1,0,0
PM,666,Saint Pierre and Miquelon,3,3,3,1,1,1,0,0,0,0
PN,612,Pitcairn,3,3,3,0,1,0,0,0,0,0
PR,630,Puerto Rico,3,3,3,2,2,3,0,0,0,0
PS,275,Palestine,3,3,3,2,3,2,0,0,0,0
PT,620,Portugal,3,3,3,2,2,2,0,0,0,0
PW,585,Palau,3,3,3,0,0,1,0,0,0,0
PY,600,Paraguay,3,3,3,3,2,3,0,0,0,0
QA,634,Qatar,3,3,3,2,2,1,0,0,0,0
RE,638,Reunion,3,3,3,1,1,2,0,0,0,0
RO,642,Romania,3,3,3,2,3,3,0,3,0,0
RS,688,Serbia,3,3,3,2,2,3,0,2,0,0
RU,643,Russia,3,3,3,2,2,3,0,3,0,0
RW,646,Rwanda,3,3,3,1,2,3,1,0,1,1
SA,682,Saudi Arabia,3,3,3,2,3,2,0,0,0,0
SB,090,Solomon Islands,3,3,3,1,0,1,0,0,0,0
SC,690,Seychelles,3,3,3,1,0,1,0,0,0,0
SD,729,Sudan,3,3,3,2,3,3,0,0,0,0
SE,752,Sweden,3,3,3,2,2,2,0,2,0,0
SG,702,Singapore,3,3,3,1,0,1,0,0,0,0
SH,654,Saint Helena,3,2,3,1,2,2,0,0,0,0
SI,705,Slovenia,3,3,3,2,2,3,0,3,0,0
SJ,744,Svalbard and Jan Mayen,3,0,3,0,0,0,0,2,0,0
SK,703,Slovakia,3,3,3,2,2,3,0,2,0,0
SL,694,Sierra Leone,3,3,3,1,1,2,1,0,0,0
SM,674,San Marino,3,3,3,1,1,2,0,0,0,0
SN,686,Senegal,3,3,3,2,3,3,1,0,0,0
SO,706,Somalia,3,3,3,1,3,3,1,0,1,1
SR,740,Suriname,3,3,3,1,1,2,0,0,0,0
SS,728,South Sudan,3,3,3,1,3,3,1,0,1,1
ST,678,Sao Tome and Principe,3,3,3,1,1,1,0,0,0,0
SV,222,El Salvador,3,3,3,2,1,3,0,0,0,0
SX,534,Sint Maarten,3,3,3,1,1,1,0,0,0,0
SY,760,Syria,3,3,3,2,3,2,0,0,0,0
SZ,748,Eswatini,3,3,3,1,2,3,1,0,2,1
TC,796,Turks and Caicos Islands,3,3,3,1,1,0,0,0,0,0
TD,148,Chad,3,3,3,2,3,3,1,0,0,2
TF,260,French Southern Territories,3,2,0,0,1,0,0,0,0,0
TG,768,Togo,3,3,3,1,2,2,1,0,0,0
TH,764,Thailand,3,3,3,1,1,2,2,2,0,0
TJ,762,Tajikistan,3,3,3,2,3,3,0,2,0,0
TK,772,Tokelau,3,2,1,0,0,0,0,0,0,0
TL,626,Timor-Leste,3,3,3,2,1,2,0,0,0,0
TM,795,Turkmenistan,3,3,3,3,3,3,0,1,0,0
TN,788,Tunisia,3,3,3,2,3,2,0,0,0,0
TO,776,Tonga,3,3,3,2,0,2,0,0,0,0
TR,792,Türkiye,3,3,3,2,3,3,0,2,0,0
TT,780,Trinidad and Tobago,3,3,3,1,2,2,0,0,0,0
TV,798,Tuvalu,3,3,3,0,0,0,0,0,0,0
TW,158,Taiwan,3,3,3,1,1,1,0,1,0,0
TZ,834,Tanzania,3,3,3,1,2,3,2,0,3,3
UA,804,Ukraine,3,3,3,2,2,3,0,1,0,0
UG,800,Uganda,3,3,3,1,2,3,2,0,2,2
UM,581,United States Minor Outlying Islands,3,1,1,0,0,0,0,0,0,0
US,840,United States,3,3,3,3,2,3,0,3,0,0
UY,858,Uruguay,3,3,3,3,3,3,0,0,0,0
UZ,860,Uzbekistan,3,3,3,2,3,3,0,1,0,0
VA,336,Vatican,3,2,2,0,0,0,0,0,0,0
VC,670,Saint Vincent and the Grenadines,3,3,3,1,2,2,0,0,0,0
VE,862,Venezuela,3,3,3,2,1,3,0,1,0,0
VG,092,British Virgin Islands,3,3,3,1,1,2,0,0,0,0
VI,850,US Virgin Islands,3,3,3,1,2,2,0,0,0,0
VN,704,Vietnam,3,3,3,1,1,2,1,1,0,0
VU,548,Vanuatu,3,3,3,1,1,3,0,0,0,0
WF,876,Wallis and Futuna,3,3,3,1,0,1,0,0,0,0
WS,882,Samoa,3,3,3,1,1,2,0,0,0,0
XK,,Kosovo,3,3,3,2,2,3,0,2,0,0
YE,887,Yemen,3,3,3,1,3,2,0,0,0,0
YT,175,Mayotte,3,3,3,1,1,2,0,0,0,0
ZA,710,South Africa,3,3,3,2,3,3,2,0,3,3
ZM,894,Zambia,3,3,3,1,1,3,2,0,2,2
ZW,716,Zimbabwe,3,3,3,2,2,3,3,0,2,2
`;
