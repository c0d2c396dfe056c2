namespace Tarn.Storage.Tests.Objects;

/// <summary>A request body whose connection breaks after some bytes.</summary>
internal sealed class BrokenBody(int bytesBefore) : MemoryStream(new byte[bytesBefore])
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(buffer, cancellationToken);
        return count > 0 ? count : throw new IOException("connection reset");
    }
}
