namespace Tarn.Aws.Protocol.Json;

/// <summary>An operation that answers a JSON object with a JSON object.</summary>
internal interface IJsonOperation : ITargetOperation
{
    ValueTask RunAsync(JsonCall call, CancellationToken cancellation);
}
