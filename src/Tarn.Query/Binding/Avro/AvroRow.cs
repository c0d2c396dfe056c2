using Tarn.DuckDb.NativeTables;
using Tarn.Formats.Avro;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Avro;

/// <summary>Turns the records of one file into rows: fields go to columns by name. One thread's.</summary>
internal sealed class AvroRow : IDisposable
{
    private readonly IReadOnlyList<LineField> _columns;
    private readonly AvroNested _nested = new();
    private readonly AvroDecoder _defaults = new();

    /// <summary>The fields of the file in order, each with its column; -1: nobody reads it.</summary>
    private readonly (AvroType Type, int Column)[] _fields;

    /// <summary>Columns that the file lacks and the table's own schema has a value for.</summary>
    private readonly (AvroField Field, int Column)[] _missing;

    /// <summary>Throws HIVE_BAD_DATA for a file whose types are not those of the columns.</summary>
    public AvroRow(AvroType schema, AvroSerDe serDe, IReadOnlyList<LineField> columns)
    {
        if (schema.Kind != AvroKind.Record)
        {
            throw new TarnException(ErrorKind.Damaged, $"its rows are {schema}, and not records");
        }

        _columns = columns;
        _fields = [.. schema.Fields.Select(field => (field.Type, Column: -1))];
        var missing = new List<(AvroField, int)>();
        for (var column = 0; column < columns.Count; column++)
        {
            var wanted = serDe.Wanted.GetValueOrDefault(columns[column].Name);
            var at = Find(schema, columns[column].Name, wanted);
            if (at >= 0)
            {
                Check(schema.Fields[at].Type, columns[column]);
                _fields[at].Column = column;
            }
            else if (wanted?.Default is not null)
            {
                Check(wanted.Type, columns[column]);
                missing.Add((wanted, column));
            }
        }

        _missing = [.. missing];
    }

    /// <summary>What a value is that may be one of several types. Throws Damaged for one that does not fit.</summary>
    public static AvroType Branch(AvroDecoder values, AvroType type, SqlType to)
    {
        if (type.Kind != AvroKind.Union)
        {
            return type;
        }

        var branch = values.ReadBranch(type);
        var isOnlyOne = type.Parts.Count == 2 && type.Parts.Any(IsNull);
        return branch.Kind == AvroKind.Null || isOnlyOne || AvroFit.Fits(branch, to)
            ? branch
            : throw AvroScalar.Misfit($"a value of Avro's type {branch}", to);
    }

    public void Read(AvroDecoder values, ColumnWriter writer, int row)
    {
        foreach (var (type, column) in _fields)
        {
            if (column < 0)
            {
                values.Skip(type);
            }
            else
            {
                Read(values, type, writer, column, row);
            }
        }

        foreach (var (field, column) in _missing)
        {
            _defaults.Reset(field.Default!, field.Default!.Length);
            Read(_defaults, field.Type, writer, column, row);
        }
    }

    public void Dispose() => _nested.Dispose();

    private static bool IsNull(AvroType type) => type.Kind == AvroKind.Null;

    private static int Find(AvroType schema, string column, AvroField? wanted)
    {
        foreach (var name in (wanted?.Aliases ?? []).Prepend(column))
        {
            for (var index = 0; index < schema.Fields.Count; index++)
            {
                if (schema.Fields[index].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return index;
                }
            }
        }

        return -1;
    }

    private static void Check(AvroType type, LineField column)
    {
        if (!AvroFit.Fits(type, column.Type))
        {
            throw new TarnException(
                ErrorKind.Damaged, $"column '{column.Name}' of type {column.Type} is Avro's {type} in the file");
        }
    }

    private void Read(AvroDecoder values, AvroType declared, ColumnWriter writer, int column, int row)
    {
        var field = _columns[column];
        try
        {
            if (field.IsNested)
            {
                ReadNested(values, declared, writer, column, row);
                return;
            }

            var from = Branch(values, declared, field.Type);
            if (from.Kind != AvroKind.Null)
            {
                AvroScalar.Read(values, from, field.Type, new CellSink(writer, column, row, field.Type));
            }
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Damaged)
        {
            throw new TarnException(ErrorKind.Damaged, $"column '{field.Name}': {failure.Message}", cause: failure);
        }
    }

    private void ReadNested(AvroDecoder values, AvroType declared, ColumnWriter writer, int column, int row)
    {
        var json = _nested.Read(values, declared, _columns[column].Type);
        if (!json.SequenceEqual("null"u8))
        {
            writer.SetUtf8(column, row, json);
        }
    }
}
