namespace Tarn.Aws.Protocol.Checksums;

/// <summary>One thing that a body's bytes must add up to.</summary>
/// <param name="checksum">Computes it.</param>
/// <param name="verify">Called once with the value at the body's end; throws when it is not the expected one.</param>
internal sealed class BodyCheck(RunningChecksum checksum, Action<byte[]> verify) : IDisposable
{
    public void Append(ReadOnlySpan<byte> data) => checksum.Append(data);

    public void Finish() => verify(checksum.Finish());

    public void Dispose() => checksum.Dispose();
}
