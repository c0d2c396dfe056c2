using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Tarn.DuckDb.NativeTables;
using Tarn.Query.Binding.Delimited;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Csv;

/// <summary>
/// Fields of a CSV line as Athena types them: every field is text, and other types read that text strictly. A number
/// may not be empty, a date is the number of days since 1970, a timestamp the number of milliseconds.
/// </summary>
internal sealed class CsvRow : ILineRow
{
    private const int ShownBytesMax = 40;

    private readonly OpenCsvFormat _format;
    private readonly IReadOnlyList<LineField> _fields;
    private readonly CsvFields _parts;
    private readonly int _countMax;

    public CsvRow(OpenCsvFormat format, IReadOnlyList<LineField> fields)
    {
        _format = format;
        _fields = fields;
        _parts = new CsvFields(format);
        _countMax = fields.Select(field => field.Position + 1).DefaultIfEmpty(0).Max();
    }

    public bool IsBlank(ReadOnlySpan<byte> line) => false;

    public string? Read(ReadOnlySpan<byte> line, ColumnWriter writer, int row)
    {
        if (_countMax == 0)
        {
            return null;
        }

        if (!_parts.TryRead(line is [.., (byte)'\r'] ? line[..^1] : line, _countMax))
        {
            return "a quote is not closed: OpenCSVSerde takes no line breaks inside quotes";
        }

        for (var index = 0; index < _fields.Count; index++)
        {
            var field = _fields[index];
            if (field.Position >= _parts.Count)
            {
                continue;
            }

            var text = _parts[field.Position];
            if (!TryWrite(text, field.Type, new CellSink(writer, index, row, field.Type)) && !_format.InvalidIsNull)
            {
                return Misfit(text, field);
            }
        }

        return null;
    }

    public void Dispose()
    {
    }

    private static bool TryWrite(ReadOnlySpan<byte> text, SqlType type, CellSink sink)
    {
        switch (type.Kind)
        {
            case TypeKind.Varchar:
                sink.Text(Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)));
                return true;
            case TypeKind.Boolean:
                return TextScalar.TryBoolean(text, sink);
            case TypeKind.Real or TypeKind.Double:
                return TextScalar.TryFloating(text, type.Kind == TypeKind.Real, sink);
            case TypeKind.Decimal:
                return TextScalar.TryDecimal(text, type, sink);
            default:
                return TryParse(text, out var number) && TryNumber(number, type.Kind, sink);
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        return !text.IsEmpty && Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;
    }

    private static bool TryNumber(long number, TypeKind kind, CellSink sink)
    {
        const long MicrosPerMilli = 1000;
        switch (kind)
        {
            case TypeKind.Date when number is >= -719_162 and <= 2_932_896:
                sink.Date((int)number);
                return true;
            case TypeKind.Timestamp when Math.Abs((decimal)number) <= long.MaxValue / MicrosPerMilli / 2:
                sink.Timestamp(number * MicrosPerMilli);
                return true;
            case TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt
                when TextScalar.Fits(number, kind):
                sink.Whole(number);
                return true;
            default:
                return false;
        }
    }

    private static string Misfit(ReadOnlySpan<byte> text, LineField field)
    {
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, ShownBytesMax)]);
        var hint = field.Type.Kind switch
        {
            TypeKind.Date => ": OpenCSVSerde reads dates as days since 1970",
            TypeKind.Timestamp => ": OpenCSVSerde reads timestamps as milliseconds since 1970",
            _ => "",
        };
        return $"column '{field.Name}': '{shown}' is not a valid {field.Type}{hint}";
    }
}
