using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>A verified request whose answer is an event stream.</summary>
/// <param name="Body">JSON, whatever the caller wrote. Valid until the operation is open.</param>
/// <param name="Stopping">The server is stopping: end the stream without an error.</param>
internal sealed record EventStreamCall(AccessKey Caller, ReadOnlyMemory<byte> Body, CancellationToken Stopping);
