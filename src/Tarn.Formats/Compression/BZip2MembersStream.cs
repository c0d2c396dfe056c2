using ICSharpCode.SharpZipLib.BZip2;

namespace Tarn.Formats.Compression;

/// <summary>
/// Members of bzip2 one after another, as pbzip2 and cat write them; the library's own stream ends after the first.
/// </summary>
internal sealed class BZip2MembersStream(Stream source, bool leaveOpen) : ForwardStream
{
    private readonly PeekStream _source = new(source);
    private BZip2InputStream? _member;
    private bool _ended;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && buffer.Length > 0)
        {
            _member ??= new BZip2InputStream(_source) { IsStreamOwner = false };
            var read = _member.Read(buffer);
            if (read > 0)
            {
                return read;
            }

            _member.Dispose();
            _member = null;
            _ended = !_source.HasMore();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            if (!leaveOpen)
            {
                source.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
