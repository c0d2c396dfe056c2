using Tarn.Catalog.Tables;
using Tarn.Formats.Avro;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding.Avro;

/// <summary>What a table of Avro files was declared with: the schema that it wants to read by, if any.</summary>
/// <param name="Wanted">
/// The fields of <c>avro.schema.literal</c> by lower-case name: aliases and defaults count.
/// </param>
internal sealed record AvroSerDe(IReadOnlyDictionary<string, AvroField> Wanted)
{
    private const string Literal = "avro.schema.literal";
    private const string Url = "avro.schema.url";

    public static AvroSerDe Of(string owner, Table table, StorageDescriptor storage)
    {
        var properties = new SerDeProperties(owner, SerDeNames.Avro, storage.SerDeParameters);
        if ((properties.Find(Url) ?? table.Parameters.GetValueOrDefault(Url)) is { Length: > 0 } url)
        {
            throw properties.Refusal(Url, url, hint: $"give the schema itself by '{Literal}', as in Athena");
        }

        properties.RefuseOthers(Literal, "serialization.format");
        var text = properties.Find(Literal) ?? table.Parameters.GetValueOrDefault(Literal, "");
        return new AvroSerDe(text.Length == 0 ? new Dictionary<string, AvroField>() : Fields(properties, text));
    }

    private static Dictionary<string, AvroField> Fields(SerDeProperties properties, string text)
    {
        try
        {
            var schema = AvroType.Parse(text);
            return schema.Kind == AvroKind.Record
                ? schema.Fields.ToDictionary(field => field.Name.ToLowerInvariant(), StringComparer.Ordinal)
                : throw properties.Invalid($"'{Literal}' is {schema}, and a table's schema is a record");
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Invalid && failure.Code is null)
        {
            throw properties.Invalid($"'{Literal}': {failure.Message}");
        }
        catch (ArgumentException)
        {
            throw properties.Invalid($"'{Literal}' has two fields of one name, case ignored");
        }
    }
}
