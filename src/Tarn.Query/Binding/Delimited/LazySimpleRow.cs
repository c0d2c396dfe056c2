using Tarn.DuckDb.NativeTables;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding.Delimited;

/// <summary>Takes a line apart at separators. What comes after the last column that is used is not looked at.</summary>
internal sealed class LazySimpleRow : ILineRow
{
    private readonly LazySimpleFormat _format;
    private readonly IReadOnlyList<LineField> _fields;

    /// <summary>For each column of the line the place of its field, -1: it is not used.</summary>
    private readonly int[] _byPosition;
    private readonly LazyNested _nested;
    private readonly LazyText _text;

    public LazySimpleRow(LazySimpleFormat format, IReadOnlyList<LineField> fields)
    {
        _format = format;
        _fields = fields;
        _nested = new LazyNested(format);
        _text = new LazyText(format);
        _byPosition = new int[fields.Select(field => field.Position + 1).DefaultIfEmpty(0).Max()];
        Array.Fill(_byPosition, -1);
        for (var index = 0; index < fields.Count; index++)
        {
            _byPosition[fields[index].Position] = index;
        }
    }

    public bool IsBlank(ReadOnlySpan<byte> line) => false;

    public string? Read(ReadOnlySpan<byte> line, ColumnWriter writer, int row)
    {
        var rest = line is [.., (byte)'\r'] ? line[..^1] : line;
        for (var position = 0; position < _byPosition.Length; position++)
        {
            var takesRest = _format.IsRestLast && position == _byPosition.Length - 1;
            var end = takesRest ? -1 : _text.FindEnd(rest, _format.Separators[0]);
            if (_byPosition[position] is >= 0 and var field)
            {
                Write(end < 0 ? rest : rest[..end], field, writer, row);
            }

            if (end < 0)
            {
                break;
            }

            rest = rest[(end + 1)..];
        }

        return null;
    }

    public void Dispose() => _nested.Dispose();

    private void Write(ReadOnlySpan<byte> value, int index, ColumnWriter writer, int row)
    {
        if (value.SequenceEqual(_format.Null))
        {
            return;
        }

        var field = _fields[index];
        if (field.IsNested)
        {
            writer.SetUtf8(index, row, _nested.Read(value, field.Type));
        }
        else
        {
            var sink = new CellSink(writer, index, row, field.Type);
            TextScalar.TryRead(_text.Plain(value, field.Type), field.Type, sink);
        }
    }
}
