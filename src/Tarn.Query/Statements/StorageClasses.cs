using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>The classes that CREATE TABLE's words stand for, as Athena writes them to Glue.</summary>
internal sealed record StorageClasses(string SerDe, string InputFormat, string OutputFormat)
{
    private const string AvroInput = "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat";
    private const string AvroOutput = "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat";
    private const string AvroSerDe = "org.apache.hadoop.hive.serde2.avro.AvroSerDe";
    private const string OrcSerDe = "org.apache.hadoop.hive.ql.io.orc.OrcSerde";
    private const string OrcInput = "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat";
    private const string OrcOutput = "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat";

    /// <summary>SerDes that Athena lists. A table of another could never be read, so it is not made.</summary>
    private static readonly string[] Known =
    [
        SerDeNames.OpenXJson, SerDeNames.HiveJson, SerDeNames.LazySimple, SerDeNames.OpenCsv, SerDeNames.Parquet,
        AvroSerDe, OrcSerDe, "org.apache.hadoop.hive.serde2.RegexSerDe", "com.amazonaws.glue.serde.GrokSerDe",
        "com.amazon.ionhiveserde.IonHiveSerDe", "com.amazon.emr.hive.serde.CloudTrailSerde",
        "org.apache.hadoop.hive.contrib.serde2.RegexSerDe", "org.apache.hadoop.hive.serde2.JsonSerDe",
    ];

    public static StorageClasses Text { get; } = new(
        SerDeNames.LazySimple, SerDeNames.TextInputFormat, SerDeNames.TextOutputFormat);

    public static StorageClasses Parquet { get; } = new(
        SerDeNames.Parquet, SerDeNames.ParquetInputFormat, SerDeNames.ParquetOutputFormat);

    public static StorageClasses Avro { get; } = new(AvroSerDe, AvroInput, AvroOutput);

    public static StorageClasses Json { get; } = new(
        SerDeNames.OpenXJson, SerDeNames.TextInputFormat, SerDeNames.TextOutputFormat);

    /// <summary>Of STORED AS and ROW FORMAT. Fails with Unsupported for what is not known, naming it.</summary>
    public static StorageClasses Of(StorageFormat? stored, RowFormat? rows)
    {
        var classes = stored switch
        {
            null or { Name: "TEXTFILE" } => Text,
            { Name: "PARQUET" or "PARQUETFILE" } => Parquet,
            { Name: "AVRO" } => Avro,
            { Name: "ORC" or "ORCFILE" } => new StorageClasses(OrcSerDe, OrcInput, OrcOutput),
            { Name: "JSON" or "JSONFILE" } => Json,
            { Name: { } name } => throw HiveFailure.Refused(
                $"STORED AS {name} is not supported", "use TEXTFILE, PARQUET, AVRO, ORC or JSONFILE"),
            _ => new StorageClasses("", stored.InputFormat ?? "", stored.OutputFormat ?? ""),
        };
        switch (rows)
        {
            case RowFormat.SerDe serDe when !Known.Contains(serDe.Class, StringComparer.Ordinal):
                throw HiveFailure.Execution(
                    ErrorKind.Unsupported,
                    "NOT_SUPPORTED",
                    $"Cannot validate serde: {serDe.Class}",
                    Suggestion.Hint(serDe.Class, Known));
            case RowFormat.SerDe serDe:
                return classes with { SerDe = serDe.Class };
            case RowFormat.Delimited when classes.SerDe.Length > 0 && classes.SerDe != SerDeNames.LazySimple:
                throw HiveFailure.Refused(
                    $"ROW FORMAT DELIMITED does not go with STORED AS {stored?.Name}", "leave one of them out");
            default:
                return classes.SerDe.Length > 0 ? classes : classes with { SerDe = SerDeFor(classes.InputFormat) };
        }
    }

    private static string SerDeFor(string inputFormat) => inputFormat switch
    {
        SerDeNames.ParquetInputFormat => SerDeNames.Parquet,
        AvroInput => AvroSerDe,
        OrcInput => OrcSerDe,
        _ => SerDeNames.LazySimple,
    };
}
