using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Athena;

/// <summary>An operation of Athena.</summary>
internal abstract class AthenaOperation<TInput> : JsonOperation<TInput>
{
    public sealed override AwsService Service => AwsService.Athena;
}
