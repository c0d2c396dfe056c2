using System.Buffers;
using System.Text.Unicode;
using Tarn.DuckDb.NativeTables;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>
/// Most lines are written by machines: names without escapes, values that are plain texts, plain numbers or null, at
/// most spaces between them. Such a line is read here in one pass; at whatever else the line is left to the reader of
/// all JSON, which writes its cells anew and says what is wrong.
/// </summary>
internal sealed partial class JsonRow
{
    private const int TrustMax = 64;
    private const int MissCost = 4;

    private static readonly SearchValues<byte> TextEnds =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(code => (byte)code)]);

    /// <summary>Falls with every line that is not plain; at 0 no more are tried.</summary>
    private int _trust = TrustMax / 8;

    /// <summary>False: the line is to be read otherwise; some of its cells may have been written.</summary>
    internal bool TryReadPlain(ReadOnlySpan<byte> line, ColumnWriter writer, int row)
    {
        _row++;
        if (_trust <= 0)
        {
            return false;
        }

        var isPlain = TryReadPlainMembers(line, writer, row);
        _trust = isPlain ? Math.Min(_trust + 1, TrustMax) : _trust - MissCost;
        return isPlain;
    }

    private bool TryReadPlainMembers(ReadOnlySpan<byte> line, ColumnWriter writer, int row)
    {
        if (!line.StartsWith((byte)'{'))
        {
            return false;
        }

        line = line[1..];
        for (var position = 0; ; position++)
        {
            if (!TryPlainName(ref line, position, out var column)
                || (column >= 0 && _seen[column] == _row)
                || !TryPlainValue(ref line, column, writer, row)
                || line.IsEmpty)
            {
                return false;
            }

            if (column >= 0)
            {
                _seen[column] = _row;
            }

            if (line[0] != ',')
            {
                return line[0] == '}' && line[1..].IndexOfAnyExcept(" \t\r"u8) < 0;
            }

            line = WithoutSpaces(line[1..]);
        }
    }

    /// <summary>Takes a name with its colon from the line.</summary>
    private bool TryPlainName(ref ReadOnlySpan<byte> line, int position, out int column)
    {
        var expected = _names.Expect(position);
        if (!expected.IsEmpty && line.StartsWith(expected))
        {
            column = _names.TakeExpected();
            line = WithoutSpaces(line[expected.Length..]);
            return true;
        }

        column = -1;
        if (!TryPlainText(ref line, out var name) || !line.StartsWith((byte)':'))
        {
            return false;
        }

        column = _names.Find(name, position);
        line = WithoutSpaces(line[1..]);
        return true;
    }

    /// <summary>Takes a value from the line; false also when its column cannot hold it.</summary>
    private bool TryPlainValue(ref ReadOnlySpan<byte> line, int column, ColumnWriter writer, int row)
    {
        if (line.StartsWith((byte)'"'))
        {
            return TryPlainText(ref line, out var text)
                && (column < 0 || (Utf8.IsValid(text) && TryWritePlain(text, isText: true, column, writer, row)));
        }

        if (line.StartsWith("null"u8))
        {
            line = line[4..];
            if (column >= 0)
            {
                writer.SetNull(column, row);
            }

            return true;
        }

        var length = PlainNumberLength(line);
        var number = line[..length];
        line = line[length..];
        return length > 0 && (column < 0 || TryWritePlain(number, isText: false, column, writer, row));
    }

    private bool TryWritePlain(ReadOnlySpan<byte> value, bool isText, int column, ColumnWriter writer, int row)
    {
        var field = _fields[column];
        return !field.IsNested
            && (isText || field.Type.Kind != TypeKind.Varbinary)
            && _scalars.TryRead(value, field.Type, isText, new CellSink(writer, column, row, field.Type));
    }

    /// <summary>Takes a text without escapes, quotes included, from the line.</summary>
    private static bool TryPlainText(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!line.StartsWith((byte)'"'))
        {
            return false;
        }

        var end = line[1..].IndexOfAny(TextEnds) + 1;
        if (end == 0 || line[end] != '"')
        {
            return false;
        }

        text = line[1..end];
        line = line[(end + 1)..];
        return true;
    }

    /// <summary>Letters of a number as JSON writes it, without an exponent; 0 when the line begins otherwise.</summary>
    private static int PlainNumberLength(ReadOnlySpan<byte> line)
    {
        var at = line.StartsWith((byte)'-') ? 1 : 0;
        var first = at;
        at = AfterDigits(line, at);
        if (at == first || (line[first] == '0' && at > first + 1))
        {
            return 0;
        }

        if (at == line.Length || line[at] != '.')
        {
            return at;
        }

        var end = AfterDigits(line, at + 1);
        return end > at + 1 ? end : 0;
    }

    private static int AfterDigits(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && (uint)(line[at] - '0') <= 9)
        {
            at++;
        }

        return at;
    }

    private static ReadOnlySpan<byte> WithoutSpaces(ReadOnlySpan<byte> line)
    {
        while (line.StartsWith((byte)' '))
        {
            line = line[1..];
        }

        return line;
    }
}
