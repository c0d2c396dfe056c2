namespace Tarn.Formats.SerDes;

/// <summary>Class names that tables use to say how their files are read.</summary>
public static class SerDeNames
{
    public const string OpenXJson = "org.openx.data.jsonserde.JsonSerDe";
    public const string HiveJson = "org.apache.hive.hcatalog.data.JsonSerDe";
    public const string LazySimple = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    public const string OpenCsv = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    public const string Regex = "org.apache.hadoop.hive.serde2.RegexSerDe";
    public const string Grok = "com.amazonaws.glue.serde.GrokSerDe";
    public const string Parquet = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    public const string Avro = "org.apache.hadoop.hive.serde2.avro.AvroSerDe";
    public const string Orc = "org.apache.hadoop.hive.ql.io.orc.OrcSerde";
    public const string Ion = "com.amazon.ionhiveserde.IonHiveSerDe";

    public const string TextInputFormat = "org.apache.hadoop.mapred.TextInputFormat";
    public const string TextOutputFormat = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    public const string ParquetInputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    public const string ParquetOutputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    public const string AvroInputFormat = "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat";
    public const string AvroOutputFormat = "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat";
    public const string OrcInputFormat = "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat";
    public const string IonInputFormat = "com.amazon.ionhiveserde.formats.IonInputFormat";
}
