namespace Tarn.Formats.SerDes;

/// <summary>Class names that tables use to say how their files are read.</summary>
public static class SerDeNames
{
    public const string OpenXJson = "org.openx.data.jsonserde.JsonSerDe";
    public const string HiveJson = "org.apache.hive.hcatalog.data.JsonSerDe";
    public const string LazySimple = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    public const string OpenCsv = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    public const string Parquet = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    public const string TextInputFormat = "org.apache.hadoop.mapred.TextInputFormat";
    public const string TextOutputFormat = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    public const string ParquetInputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    public const string ParquetOutputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
}
