using Tarn.Primitives.Errors;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>Why a record of PutRecords was not stored, in AWS's words.</summary>
internal static class PutFailure
{
    public static string CodeOf(AppendError error) => error.Code ?? error.Kind switch
    {
        ErrorKind.LimitExceeded => "ProvisionedThroughputExceededException",
        ErrorKind.Unavailable or ErrorKind.Damaged => "InternalFailure",
        _ => "InvalidArgumentException",
    };
}
