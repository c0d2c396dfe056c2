using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Json;

/// <summary>
/// A verified request of the JSON protocol and the place for its answer, which is sent when the operation returns.
/// </summary>
/// <param name="Body">Valid until the operation returns.</param>
/// <param name="Answer">The JSON object to send with status 200.</param>
internal readonly record struct JsonCall(AccessKey Caller, ReadOnlyMemory<byte> Body, PooledBuffer Answer);
