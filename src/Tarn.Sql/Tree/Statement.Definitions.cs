namespace Tarn.Sql.Tree;

public abstract partial record Statement
{
    public sealed record CreateDatabase(SqlPosition Position, string Name, bool IfNotExists) : Statement(Position)
    {
        public string? Comment { get; init; }

        public string? Location { get; init; }

        public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];
    }

    public sealed record DropDatabase(SqlPosition Position, string Name, bool IfExists, bool IsCascade)
        : Statement(Position);

    public sealed record SetDatabaseProperties(
        SqlPosition Position, string Name, IReadOnlyList<KeyValuePair<string, string>> Properties)
        : Statement(Position);

    /// <summary>CREATE [EXTERNAL] TABLE with columns, in Hive's language.</summary>
    public sealed record CreateTable(
        SqlPosition Position,
        TableRef Table,
        IReadOnlyList<ColumnDefinition> Columns,
        bool IsExternal,
        bool IfNotExists)
        : Statement(Position)
    {
        public string? Comment { get; init; }

        public IReadOnlyList<ColumnDefinition> PartitionColumns { get; init; } = [];

        public Bucketing? Bucketing { get; init; }

        public RowFormat? RowFormat { get; init; }

        public StorageFormat? StoredAs { get; init; }

        public string? Location { get; init; }

        /// <summary>TBLPROPERTIES in order, keys as written.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];
    }

    /// <param name="Properties">Of WITH: format, external_location, partitioned_by and so on.</param>
    public sealed record CreateTableAs(
        SqlPosition Position,
        TableRef Table,
        bool IfNotExists,
        IReadOnlyList<Property> Properties,
        Query Query,
        bool WithData,
        IReadOnlyList<Relation.Table> Tables) : Statement(Position);

    /// <param name="OriginalText">The query as written, without a final semicolon.</param>
    public sealed record CreateView(
        SqlPosition Position,
        TableRef View,
        bool OrReplace,
        Query Query,
        string OriginalText,
        IReadOnlyList<Relation.Table> Tables) : Statement(Position);

    public sealed record DropTable(SqlPosition Position, TableRef Table, bool IfExists) : Statement(Position);

    public sealed record DropView(SqlPosition Position, TableRef View, bool IfExists) : Statement(Position);

    public sealed record AddPartitions(
        SqlPosition Position, TableRef Table, bool IfNotExists, IReadOnlyList<NewPartition> Partitions)
        : Statement(Position);

    public sealed record DropPartitions(
        SqlPosition Position, TableRef Table, bool IfExists, IReadOnlyList<PartitionSpec> Partitions)
        : Statement(Position);

    public sealed record RenamePartition(SqlPosition Position, TableRef Table, PartitionSpec From, PartitionSpec To)
        : Statement(Position);

    public sealed record AddColumns(
        SqlPosition Position, TableRef Table, PartitionSpec? Partition, IReadOnlyList<ColumnDefinition> Columns)
        : Statement(Position);

    public sealed record ReplaceColumns(
        SqlPosition Position, TableRef Table, PartitionSpec? Partition, IReadOnlyList<ColumnDefinition> Columns)
        : Statement(Position);

    /// <param name="After">The column it is moved behind, "" for FIRST, null where it is.</param>
    public sealed record ChangeColumn(
        SqlPosition Position,
        TableRef Table,
        PartitionSpec? Partition,
        string Column,
        ColumnDefinition Definition,
        string? After) : Statement(Position);

    public sealed record DropColumn(SqlPosition Position, TableRef Table, string Column) : Statement(Position);

    public sealed record SetTableProperties(
        SqlPosition Position, TableRef Table, IReadOnlyList<KeyValuePair<string, string>> Properties)
        : Statement(Position);

    public sealed record SetLocation(SqlPosition Position, TableRef Table, PartitionSpec? Partition, string Location)
        : Statement(Position);

    /// <summary>MSCK REPAIR TABLE.</summary>
    public sealed record RepairTable(SqlPosition Position, TableRef Table) : Statement(Position);
}
