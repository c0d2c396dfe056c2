namespace Tarn.Aws.Protocol.Checksums;

/// <summary>
/// Hands a body through and checks it at its end: the end is only reported once every check has passed, so whoever
/// stores the bytes stores nothing on a failure. A check's expected value may become known at the end (a trailer).
/// </summary>
internal sealed class CheckedBody(Stream inner, IReadOnlyList<BodyCheck> checks) : ReadOnlyBody
{
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        var count = await inner.ReadAsync(buffer, cancellationToken);
        foreach (var check in checks)
        {
            if (count > 0)
            {
                check.Append(buffer.Span[..count]);
            }
            else
            {
                check.Finish();
            }
        }

        _ended = count == 0;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var check in checks)
        {
            check.Dispose();
        }

        base.Dispose(disposing);
    }
}
