using Tarn.ContinuousQueries.Batches;
using Tarn.Formats.Avro;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Formats.Avro;

/// <summary>Which field of an Avro record goes to which column of a source. Immutable.</summary>
/// <param name="Places">Per field, its column, or -1.</param>
/// <param name="Fingerprint">Of the schema, as single-object encoding has it.</param>
internal sealed record AvroLayout(
    AvroType Schema, IReadOnlyList<PayloadColumn> Columns, IReadOnlyList<int> Places, ulong Fingerprint)
{
    /// <summary>Throws Invalid when a column has no field, or one of another type.</summary>
    public static AvroLayout Of(AvroType schema, IReadOnlyList<PayloadColumn> columns, string source)
    {
        if (schema.Kind != AvroKind.Record)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"the schema of source '{source}' is {schema} and not a record");
        }

        var places = Enumerable.Repeat(-1, schema.Fields.Count).ToArray();
        for (var column = 0; column < columns.Count; column++)
        {
            var (name, type) = columns[column];
            var at = FindField(schema, name);
            if (at < 0)
            {
                throw new TarnException(
                    ErrorKind.Invalid, $"column '{name}' of source '{source}' is not a field of its schema",
                    hint: Suggestion.Hint(name, schema.Fields.Select(field => field.Name)));
            }

            if (!Fits(schema.Fields[at].Type, type))
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"column '{name}' of source '{source}' is {type.Sql}, and {schema.Fields[at].Type} in its schema",
                    hint: "declare the column in the field's own type, or as JSON");
            }

            places[at] = column;
        }

        return new AvroLayout(schema, columns, places, AvroFingerprint.Of(schema));
    }

    private static int FindField(AvroType schema, string name)
    {
        for (var at = 0; at < schema.Fields.Count; at++)
        {
            if (schema.Fields[at].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool Fits(AvroType from, CellType to) => to.Sql == "JSON" || from.Kind switch
    {
        AvroKind.Null => true,
        AvroKind.Union => from.Parts.All(part => Fits(part, to)),
        AvroKind.Boolean => to.Kind == CellKind.Boolean,
        AvroKind.Int when from.Logical == "date" => to.Kind == CellKind.Date,
        AvroKind.Long when AvroCell.IsTime(from) => to.Kind == CellKind.Timestamp,
        AvroKind.Int or AvroKind.Long =>
            to.Kind is CellKind.Int32 or CellKind.Int64 or CellKind.Double or CellKind.Decimal,
        AvroKind.Float or AvroKind.Double => to.Kind == CellKind.Double,
        AvroKind.Bytes or AvroKind.Fixed when from.Logical == "decimal" => to.Kind == CellKind.Decimal,
        AvroKind.String => to.Kind is CellKind.Text or CellKind.Date or CellKind.Timestamp,
        AvroKind.Enum or AvroKind.Bytes => to.Kind == CellKind.Text,
        AvroKind.Fixed => to.Kind == CellKind.Text && from.Logical == "uuid",
        _ => false,
    };
}
