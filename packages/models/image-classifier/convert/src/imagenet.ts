/**
 * ImageNet's 1000 classes (ILSVRC 2012, in the order of their WordNet identifiers), as far as they are animals: the first 398.
 */

/** A run of class numbers, both ends included. */
const run = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** How many classes are animals; those after them are things, plants and landscapes. */
export const animalClasses = 398;

/**
 * The classes that show one of the ten, living or at work: a horse also before its cart. There is none of a giraffe, and of horses one
 * breed only; a dingo is a dog, a wolf is not.
 */
export const classesOf: Readonly<Record<string, readonly number[]>> = {
  bird: [...run(7, 24), ...run(80, 100), ...run(127, 146)],
  cat: run(281, 285),
  dog: [...run(151, 268), 273, 537],
  horse: [339, 603],
  sheep: [348, 349],
  cow: [345, 346, 690],
  elephant: [101, 385, 386],
  bear: run(294, 297),
  zebra: [340],
  giraffe: [],
};

/** The animals besides, by the number of the first of a run: WordNet's first word for each, or a plainer one. */
const runsOfOthers: Readonly<Record<number, string>> = {
  0: `
    tench, goldfish, great white shark, tiger shark, hammerhead shark, electric ray, stingray
  `,
  25: `
    fire salamander, common newt, red eft, spotted salamander, axolotl, bullfrog, tree frog, tailed frog,
    loggerhead turtle, leatherback turtle, mud turtle, terrapin, box turtle, banded gecko, iguana, anole, whiptail
    lizard, agama, frilled lizard, alligator lizard, Gila monster, green lizard, African chameleon, Komodo dragon,
    Nile crocodile, American alligator, triceratops, thunder snake, ringneck snake, hognose snake, green snake,
    king snake, garter snake, water snake, vine snake, night snake, boa constrictor, rock python, cobra, green
    mamba, sea snake, horned viper, diamondback rattlesnake, sidewinder, trilobite, harvestman, scorpion, black
    and gold garden spider, barn spider, garden spider, black widow spider, tarantula, wolf spider, tick,
    centipede
  `,
  102: `
    echidna, platypus, wallaby, koala, wombat, jellyfish, sea anemone, brain coral, flatworm, nematode, conch,
    snail, slug, sea slug, chiton, nautilus, Dungeness crab, rock crab, fiddler crab, king crab, lobster, spiny
    lobster, crayfish, hermit crab, isopod
  `,
  147: 'grey whale, orca, dugong, sea lion',
  269: 'timber wolf, white wolf, red wolf, coyote',
  274: 'dhole, African wild dog, hyena, red fox, kit fox, Arctic fox, grey fox',
  286: 'cougar, lynx, leopard, snow leopard, jaguar, lion, tiger, cheetah',
  298: `
    mongoose, meerkat, tiger beetle, ladybug, ground beetle, long-horned beetle, leaf beetle, dung beetle,
    rhinoceros beetle, weevil, fly, bee, ant, grasshopper, cricket, stick insect, cockroach, praying mantis,
    cicada, leafhopper, lacewing, dragonfly, damselfly, admiral butterfly, ringlet butterfly, monarch butterfly,
    cabbage butterfly, sulphur butterfly, lycaenid butterfly, starfish, sea urchin, sea cucumber, cottontail
    rabbit, hare, Angora rabbit, hamster, porcupine, fox squirrel, marmot, beaver, guinea pig
  `,
  341: 'pig, wild boar, warthog, hippopotamus',
  347: 'bison',
  350: `
    ibex, hartebeest, impala, gazelle, dromedary camel, llama, weasel, mink, polecat, black-footed ferret, otter,
    skunk, badger, armadillo, three-toed sloth, orangutan, gorilla, chimpanzee, gibbon, siamang, guenon monkey,
    patas monkey, baboon, macaque, langur, colobus monkey, proboscis monkey, marmoset, capuchin monkey, howler
    monkey, titi monkey, spider monkey, squirrel monkey, ring-tailed lemur, indri
  `,
  387: `
    red panda, giant panda, snoek, eel, coho salmon, rock beauty fish, clownfish, sturgeon, gar, lionfish,
    pufferfish
  `,
};

/** The animals besides the ten, and the class of each. */
export const otherAnimals: readonly { readonly name: string; readonly index: number }[] =
  Object.entries(runsOfOthers).flatMap(([first, names]) =>
    names.split(',').map((name, place) => ({
      name: name.trim().replace(/\s+/g, ' '),
      index: Number(first) + place,
    })),
  );
