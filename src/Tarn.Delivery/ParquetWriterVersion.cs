namespace Tarn.Delivery;

/// <summary>Encodings that a Parquet file may use.</summary>
public enum ParquetWriterVersion
{
    /// <summary>PLAIN and dictionary: every reader knows them.</summary>
    V1,

    /// <summary>Delta and byte-stream-split encodings too.</summary>
    V2,
}
