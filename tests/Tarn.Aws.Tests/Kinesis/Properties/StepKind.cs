namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>What a step of a random sequence does.</summary>
internal enum StepKind
{
    Create,
    Delete,
    Put,
    PutMany,
    Split,
    Merge,
    Scale,
    ChangeMode,
    ChangeRetention,
    GetIterator,
    GetRecords,
    ReadAll,
    ListShards,
    ListStreams,
    Tag,
    Untag,
    Register,
    Deregister,
    PassHours,
    PassMinutes,
    Restart,
}
