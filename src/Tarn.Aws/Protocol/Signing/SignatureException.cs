namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// A request whose signature was not accepted. <see cref="SignatureErrors"/> gives it its code per protocol.
/// </summary>
internal sealed class SignatureException(SignatureFault fault, string message) : Exception(message)
{
    public SignatureFault Fault { get; } = fault;

    /// <summary>What S3 tells about it beside the message.</summary>
    public IReadOnlyList<ErrorElement> Elements { get; init; } = [];
}
