using System.Text;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.Formats;

/// <summary>
/// One line of values by position, RFC 4180: a value may be quoted, and doubles a quote that it holds. A value that is
/// empty and not quoted is NULL, so are values that are missing at the end; more values than columns are refused. The
/// line's end may be there or not.
/// </summary>
internal sealed class CsvReader(IReadOnlyList<PayloadColumn> columns, byte delimiter) : IPayloadReader
{
    private const int ShownBytesMax = 40;
    private const byte Quote = (byte)'"';
    private byte[] _unquoted = new byte[256];

    public string? TryRead(ReadOnlySpan<byte> payload, ColumnWriter writer, int row)
    {
        var line = payload.EndsWith("\r\n"u8) ? payload[..^2] : payload.EndsWith("\n"u8) ? payload[..^1] : payload;
        if (line.Length == 0)
        {
            return "the line is empty";
        }

        for (var column = 0; ; column++)
        {
            if (column == columns.Count)
            {
                return $"the line has more values than the {columns.Count} columns";
            }

            var isQuoted = line.Length > 0 && line[0] == Quote;
            int end;
            ReadOnlySpan<byte> value;
            if (isQuoted)
            {
                if (!TryUnquote(line, out value, out end))
                {
                    return $"column '{columns[column].Name}': a quote is not closed";
                }

                if (end < line.Length && line[end] != delimiter)
                {
                    return $"column '{columns[column].Name}': text follows a closing quote";
                }
            }
            else
            {
                end = line.IndexOf(delimiter);
                end = end < 0 ? line.Length : end;
                value = line[..end];
                if (value.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
                {
                    return "the record has more than one line";
                }
            }

            if (Write(value, isQuoted, writer, column, row) is { } reason)
            {
                return reason;
            }

            if (end == line.Length)
            {
                return null;
            }

            line = line[(end + 1)..];
        }
    }

    private string? Write(ReadOnlySpan<byte> value, bool isQuoted, ColumnWriter writer, int column, int row)
    {
        var (name, type) = columns[column];
        var trimmed = type.Kind == CellKind.Text ? value : value.Trim(" \t"u8);
        if (trimmed.Length == 0 && !isQuoted)
        {
            writer.SetNull(column, row);
            return null;
        }

        if (TextCell.TryWrite(trimmed, type, writer, column, row))
        {
            return null;
        }

        if (type.Sql == "VARCHAR")
        {
            return $"column '{name}': the text is not UTF-8";
        }

        var shown = Encoding.UTF8.GetString(value[..Math.Min(value.Length, ShownBytesMax)]);
        return $"column '{name}': {shown}{(value.Length > ShownBytesMax ? "..." : "")} is not a {type.Sql}";
    }

    /// <param name="end">The offset after the closing quote.</param>
    private bool TryUnquote(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value, out int end)
    {
        var used = 0;
        if (_unquoted.Length < line.Length)
        {
            _unquoted = new byte[line.Length * 2];
        }

        for (end = 1; end < line.Length; end++)
        {
            if (line[end] != Quote)
            {
                _unquoted[used++] = line[end];
            }
            else if (end + 1 < line.Length && line[end + 1] == Quote)
            {
                _unquoted[used++] = line[end++];
            }
            else
            {
                end++;
                value = _unquoted.AsSpan(0, used);
                return true;
            }
        }

        value = default;
        return false;
    }
}
