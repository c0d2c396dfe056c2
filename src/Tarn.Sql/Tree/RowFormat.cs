namespace Tarn.Sql.Tree;

/// <summary>ROW FORMAT of CREATE TABLE. The nested records are all there are.</summary>
public abstract record RowFormat
{
    /// <summary>ROW FORMAT SERDE 'class' [WITH SERDEPROPERTIES (...)].</summary>
    public sealed record SerDe(string Class, IReadOnlyList<KeyValuePair<string, string>> Properties) : RowFormat;

    /// <summary>ROW FORMAT DELIMITED; what was not written is null.</summary>
    public sealed record Delimited : RowFormat
    {
        public string? Fields { get; init; }

        /// <summary>ESCAPED BY, which follows FIELDS.</summary>
        public string? Escape { get; init; }

        public string? CollectionItems { get; init; }

        public string? MapKeys { get; init; }

        public string? Lines { get; init; }

        /// <summary>NULL DEFINED AS.</summary>
        public string? Null { get; init; }
    }
}
