using System.Text;
using Tarn.DuckDb.NativeTables;
using Tarn.Query.Binding.Delimited;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding.Patterns;

/// <summary>Groups of a match as a row. A value that its type cannot hold is NULL, as with Hive.</summary>
/// <param name="groups">For each field the number of its group, -1: it has none.</param>
internal sealed class PatternRow(LinePattern pattern, IReadOnlyList<LineField> fields, int[] groups) : ILineRow
{
    private byte[] _text = new byte[512];

    public bool IsBlank(ReadOnlySpan<byte> line) => false;

    public string? Read(ReadOnlySpan<byte> line, ColumnWriter writer, int row)
    {
        if (fields.Count == 0)
        {
            return null;
        }

        var match = pattern.Match(Encoding.UTF8.GetString(line is [.., (byte)'\r'] ? line[..^1] : line));
        for (var index = 0; match.Success && index < groups.Length; index++)
        {
            if (groups[index] >= 0 && match.Groups[groups[index]] is { Success: true } group)
            {
                var type = fields[index].Type;
                TextScalar.TryRead(Utf8(group.ValueSpan), type, new CellSink(writer, index, row, type));
            }
        }

        return null;
    }

    public void Dispose()
    {
    }

    private ReadOnlySpan<byte> Utf8(ReadOnlySpan<char> value)
    {
        if (_text.Length < value.Length * 3)
        {
            _text = new byte[value.Length * 3];
        }

        return _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text));
    }
}
