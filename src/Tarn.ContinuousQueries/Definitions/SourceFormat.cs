namespace Tarn.ContinuousQueries.Definitions;

/// <summary>How a record's bytes hold the columns. Ids are stored: append only.</summary>
internal enum SourceFormat
{
    /// <summary>One JSON object.</summary>
    Json = 0,

    /// <summary>One line of values, by position.</summary>
    Csv = 1,

    /// <summary>One binary Avro datum of the schema that the source declares.</summary>
    Avro = 2,
}
