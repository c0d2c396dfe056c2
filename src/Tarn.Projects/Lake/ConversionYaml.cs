using Tarn.Delivery;
using Tarn.Projects.Yaml;

namespace Tarn.Projects.Lake;

/// <summary>Reads how a delivery stream's JSON is read and its Parquet files are written.</summary>
internal static class ConversionYaml
{
    private static readonly string[] SerDes = ["openx", "hive"];
    private static readonly string[] Compressions = ["uncompressed", "snappy", "gzip", "zstd"];
    private static readonly string[] Versions = ["v1", "v2"];
    private static readonly string[] Truths = ["true", "false"];

    public static JsonSerDe Input(YamlMap map)
    {
        var openX = new OpenXJsonSerDe();
        JsonSerDe input = map.Choice("serde", SerDes) == "hive"
            ? new HiveJsonSerDe { TimestampFormats = map.TextList("timestamp_formats") }
            : openX with
            {
                CaseInsensitive = map.Choice("case_insensitive", Truths) != "false",
                ConvertDots = map.Choice("convert_dots", Truths) == "true",
                ColumnToKey = map.Texts("column_to_key").ToDictionary(),
            };
        map.End();
        return input;
    }

    public static ParquetOutput Output(YamlMap map)
    {
        var output = new ParquetOutput
        {
            Compression = map.Choice("compression", Compressions) switch
            {
                "uncompressed" => ParquetCompression.Uncompressed,
                "gzip" => ParquetCompression.Gzip,
                "zstd" => ParquetCompression.Zstd,
                _ => ParquetCompression.Snappy,
            },
            BlockBytes = (int)(map.Number("block_mib", 64, 1024) ?? ParquetOutput.BlockBytesDefault >> 20) << 20,
            PageBytes = (int)(map.Number("page_kib", 64, 65_536) ?? ParquetOutput.PageBytesDefault >> 10) << 10,
            EnableDictionary = map.Choice("dictionary", Truths) == "true",
            WriterVersion = map.Choice("writer_version", Versions) == "v2"
                ? ParquetWriterVersion.V2
                : ParquetWriterVersion.V1,
        };
        map.End();
        return output;
    }
}
