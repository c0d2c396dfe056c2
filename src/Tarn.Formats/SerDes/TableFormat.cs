namespace Tarn.Formats.SerDes;

/// <summary>The kinds of table files that Tarn reads.</summary>
public enum TableFormat
{
    /// <summary>One JSON object per line.</summary>
    Json,

    /// <summary>Text with a field delimiter (LazySimpleSerDe) or quoted fields (OpenCSVSerde).</summary>
    Csv,

    Parquet,
}
