namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// The bytes of one version of an object as they come from the service. A connection that breaks off is opened again
/// where it ended, a few times; a body that then still ends early fails.
/// </summary>
/// <param name="reopen">The same version from an offset on; fails when that version is gone.</param>
/// <param name="broken">The failure to throw when no attempt is left.</param>
internal sealed class ResumingBody(
    Stream first, long length, Func<long, CancellationToken, Task<Stream>> reopen, Func<Exception, Exception> broken)
    : Stream
{
    private const int ResumptionsMax = 3;

    private Stream _body = first;
    private long _position;
    private int _resumptions;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < length && buffer.Length > 0)
        {
            try
            {
                var count = await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                _position += count;
                return count > 0 ? count : throw new EndOfStreamException($"it ended after {_position} bytes");
            }
            catch (Exception failure) when (
                !cancellationToken.IsCancellationRequested && RemoteFailure.IsRemote(failure))
            {
                if (_resumptions++ == ResumptionsMax)
                {
                    throw broken(failure);
                }

                await _body.DisposeAsync().ConfigureAwait(false);
                _body = await reopen(_position, cancellationToken).ConfigureAwait(false);
            }
        }

        return 0;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
