namespace Tarn.Query.Writing;

/// <summary>The formats in which rows become objects.</summary>
internal enum WriteFormat
{
    Parquet,

    /// <summary>An object a line.</summary>
    Json,

    /// <summary>Fields between delimiters, as LazySimpleSerDe reads them.</summary>
    Text,

    Avro,
}
