using System.Text;

namespace Tarn.Query.Results;

/// <summary>Rows of a result object, from the first byte of one on, and where the next one begins.</summary>
/// <param name="offset">Of the stream's first byte in the object.</param>
/// <param name="isText">Lines of one column instead of <see cref="CsvText"/>.</param>
internal sealed class ResultRows(Stream body, long offset, bool isText)
{
    private const int BufferBytes = 64 << 10;

    private byte[] _buffer = new byte[BufferBytes];
    private long _bufferOffset = offset;
    private int _at;
    private int _filled;

    /// <summary>Of the row that is read next, in the object.</summary>
    public long Offset => _bufferOffset + _at;

    /// <summary>The next row, or null at the end.</summary>
    public async ValueTask<IReadOnlyList<string?>?> ReadAsync(CancellationToken cancellation)
    {
        var isQuoted = false;
        for (var searched = 0; ;)
        {
            var end = FindEnd(ref searched, ref isQuoted);
            if (end < 0)
            {
                if (await FillAsync(cancellation).ConfigureAwait(false))
                {
                    continue;
                }

                end = _filled;
                if (end == _at)
                {
                    return null;
                }
            }

            var row = _buffer.AsSpan(_at, end - _at);
            IReadOnlyList<string?> values = isText ? [Encoding.UTF8.GetString(row)] : CsvText.ReadRow(row);
            _at = Math.Min(end + 1, _filled);
            return values;
        }
    }

    /// <summary>Place of the line feed that ends the row; -1 when it is not in the buffer yet.</summary>
    private int FindEnd(ref int searched, ref bool isQuoted)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_at + searched, _filled - _at - searched);
            var found = isText ? rest.IndexOf((byte)'\n')
                : isQuoted ? rest.IndexOf((byte)'"') : rest.IndexOfAny((byte)'"', (byte)'\n');
            if (found < 0)
            {
                searched += rest.Length;
                return -1;
            }

            if (rest[found] == '\n')
            {
                return _at + searched + found;
            }

            isQuoted = !isQuoted;
            searched += found + 1;
        }
    }

    /// <summary>More bytes behind those of the row that has begun; false when there are none.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        var kept = _filled - _at;
        if (kept == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        else
        {
            _buffer.AsSpan(_at, kept).CopyTo(_buffer);
        }

        _bufferOffset += _at;
        _at = 0;
        var read = await body.ReadAsync(_buffer.AsMemory(kept), cancellation).ConfigureAwait(false);
        _filled = kept + read;
        return read > 0;
    }
}
