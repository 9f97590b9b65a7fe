/**
 * What a parameter takes: attribute values by name are DynamoDB's, `none` is one that the local cloud does not do, and `any` is
 * left to the service.
 */
export type Kind = 'text' | 'number' | 'flag' | 'attributes' | 'any' | 'none';

/** Every parameter of an operation in the SDK's model; a test finds those that are missing. */
export type Parameters = Readonly<Record<string, Kind>>;

const conditional: Parameters = {
  TableName: 'text',
  ConditionExpression: 'text',
  ExpressionAttributeNames: 'any',
  ExpressionAttributeValues: 'attributes',
  ReturnConsumedCapacity: 'text',
  ReturnItemCollectionMetrics: 'text',
  ReturnValues: 'text',
  ReturnValuesOnConditionCheckFailure: 'text',
  ConditionalOperator: 'text',
  Expected: 'any',
};

/** By operation of DynamoDB; what it does not do of them it refuses itself. */
export const dynamodbParameters: Readonly<Record<string, Parameters>> = {
  GetItem: {
    TableName: 'text',
    Key: 'attributes',
    AttributesToGet: 'any',
    ConsistentRead: 'flag',
    ReturnConsumedCapacity: 'text',
    ProjectionExpression: 'text',
    ExpressionAttributeNames: 'any',
  },
  PutItem: { ...conditional, Item: 'attributes' },
  UpdateItem: {
    ...conditional,
    Key: 'attributes',
    AttributeUpdates: 'any',
    UpdateExpression: 'text',
  },
  DeleteItem: { ...conditional, Key: 'attributes' },
  Query: {
    TableName: 'text',
    IndexName: 'text',
    Select: 'text',
    AttributesToGet: 'any',
    Limit: 'number',
    ConsistentRead: 'flag',
    KeyConditions: 'any',
    QueryFilter: 'any',
    ConditionalOperator: 'text',
    ScanIndexForward: 'flag',
    ExclusiveStartKey: 'attributes',
    ReturnConsumedCapacity: 'text',
    ProjectionExpression: 'text',
    FilterExpression: 'text',
    KeyConditionExpression: 'text',
    ExpressionAttributeNames: 'any',
    ExpressionAttributeValues: 'attributes',
  },
};

const all = (kind: Kind, ...names: readonly string[]): Parameters =>
  Object.fromEntries(names.map((name) => [name, kind]));

const customerKeys = ['SSECustomerAlgorithm', 'SSECustomerKey', 'SSECustomerKeyMD5'];

/** By operation of S3. A time of a condition would have to be parsed as the SDK does it: it is not done. */
export const s3Parameters: Readonly<Record<string, Parameters>> = {
  GetObject: {
    ...all('text', 'Bucket', 'Key', 'IfMatch', 'IfNoneMatch', 'Range', 'ChecksumMode'),
    ...all('text', 'ResponseCacheControl', 'ResponseContentDisposition'),
    ...all('text', 'ResponseContentEncoding', 'ResponseContentLanguage', 'ResponseContentType'),
    ...all('text', 'ExpectedBucketOwner', 'RequestPayer'),
    ...all('none', 'IfModifiedSince', 'IfUnmodifiedSince', 'ResponseExpires'),
    ...all('none', 'VersionId', 'PartNumber', ...customerKeys),
  },
  PutObject: {
    ...all('any', 'Body', 'Metadata'),
    ...all('text', 'Bucket', 'Key', 'IfMatch', 'IfNoneMatch', 'ACL', 'StorageClass'),
    ...all('text', 'CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage'),
    ...all('text', 'ContentType', 'ContentMD5', 'ChecksumAlgorithm', 'ServerSideEncryption'),
    ...all('text', 'ChecksumCRC32', 'ChecksumCRC32C', 'ChecksumCRC64NVME'),
    ...all('text', 'ChecksumSHA1', 'ChecksumSHA256', 'ExpectedBucketOwner', 'RequestPayer'),
    ...all('none', 'ChecksumSHA512', 'ChecksumMD5', 'ChecksumXXHASH64', 'ChecksumXXHASH3'),
    ...all('none', 'ChecksumXXHASH128', 'ContentLength', 'Expires', 'WriteOffsetBytes'),
    ...all('none', 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWriteACP'),
    ...all('none', 'WebsiteRedirectLocation', 'Tagging', ...customerKeys),
    ...all('none', 'SSEKMSKeyId', 'SSEKMSEncryptionContext', 'BucketKeyEnabled'),
    ...all('none', 'ObjectLockMode', 'ObjectLockRetainUntilDate', 'ObjectLockLegalHoldStatus'),
    ...all('none', 'ObjectLockEventHold', 'ObjectLockEventHoldDurationDays'),
    ...all('none', 'ObjectLockEventHoldDurationYears'),
  },
  ListObjectsV2: {
    ...all('text', 'Bucket', 'Delimiter', 'EncodingType', 'Prefix', 'ContinuationToken'),
    ...all('text', 'StartAfter', 'ExpectedBucketOwner', 'RequestPayer'),
    MaxKeys: 'number',
    FetchOwner: 'flag',
    OptionalObjectAttributes: 'none',
  },
};

/** Of an entry of EventBridge's PutEvents. */
export const putEventsEntryParameters: Parameters = {
  Detail: 'any',
  DetailType: 'text',
  EventBusName: 'text',
  Resources: 'any',
  Source: 'text',
  Time: 'none',
  TraceHeader: 'none',
};

/** By operation of SNS and SQS; what they do not do of them they refuse themselves. */
export const messagingParameters: Readonly<Record<string, Parameters>> = {
  Publish: {
    ...all('any', 'Message', 'MessageAttributes'),
    ...all('text', 'TopicArn', 'TargetArn', 'PhoneNumber', 'Subject', 'MessageStructure'),
    ...all('text', 'MessageDeduplicationId', 'MessageGroupId'),
  },
  SendMessage: {
    ...all('any', 'MessageBody', 'MessageAttributes', 'MessageSystemAttributes'),
    ...all('text', 'QueueUrl', 'MessageDeduplicationId', 'MessageGroupId'),
    DelaySeconds: 'number',
  },
};

/** Of Batch's SubmitJob, which refuses itself what it does not do. */
export const batchParameters: Parameters = {
  ...all('text', 'JobName', 'JobQueue', 'JobDefinition', 'ShareIdentifier'),
  ...all('any', 'ContainerOverrides', 'RetryStrategy', 'Timeout', 'Tags', 'Parameters'),
  ...all('any', 'ArrayProperties', 'DependsOn', 'NodeOverrides', 'EcsPropertiesOverride'),
  ...all('any', 'EksPropertiesOverride', 'ConsumableResourcePropertiesOverride'),
  PropagateTags: 'flag',
  SchedulingPriorityOverride: 'number',
};
