using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Protocol.Cbor;

/// <summary>
/// An operation that reads and writes CBOR itself, because its bodies are large and hold blobs. All others see JSON:
/// <see cref="CborToJson"/> and <see cref="JsonToCbor"/> stand around them.
/// </summary>
internal interface ICborOperation : IJsonOperation
{
    /// <summary>As <see cref="IJsonOperation.RunAsync"/>, with a CBOR map for both body and answer.</summary>
    ValueTask RunCborAsync(JsonCall call, CancellationToken cancellation);
}
