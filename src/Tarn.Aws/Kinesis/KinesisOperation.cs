using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Kinesis;

/// <summary>An operation of Kinesis whose input is read by name.</summary>
internal abstract class KinesisOperation<TInput> : JsonOperation<TInput>
{
    public sealed override AwsService Service => AwsService.Kinesis;
}
