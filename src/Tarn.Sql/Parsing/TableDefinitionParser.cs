using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>CREATE [EXTERNAL] TABLE with columns, and CREATE DATABASE; the clauses come in Hive's order.</summary>
internal sealed class TableDefinitionParser(TokenReader tokens, HiveReader hive)
{
    /// <summary>After CREATE.</summary>
    public Statement Parse(SqlPosition position)
    {
        if (tokens.Accept("DATABASE") || tokens.Accept("SCHEMA"))
        {
            return ParseDatabase(position);
        }

        var isExternal = tokens.Accept("EXTERNAL");
        tokens.Expect("TABLE");
        return ParseTable(position, isExternal);
    }

    private Statement.CreateDatabase ParseDatabase(SqlPosition position)
    {
        var ifNotExists = AcceptIfNotExists();
        var create = new Statement.CreateDatabase(position, hive.Name("<database>"), ifNotExists)
        {
            Comment = hive.Comment(),
            Location = tokens.Accept("LOCATION") ? hive.Text() : null,
        };
        return tokens.Accept("WITH", "DBPROPERTIES") ? create with { Properties = hive.Properties() } : create;
    }

    private Statement.CreateTable ParseTable(SqlPosition position, bool isExternal)
    {
        var ifNotExists = AcceptIfNotExists();
        var table = hive.Table();
        if (tokens.At("LIKE"))
        {
            throw SqlErrors.Unsupported(tokens.Position, "CREATE TABLE LIKE is not supported", "use CREATE TABLE AS");
        }

        var columns = hive.Columns();
        var create = new Statement.CreateTable(position, table, columns, isExternal, ifNotExists)
        {
            Comment = hive.Comment(),
            PartitionColumns = tokens.Accept("PARTITIONED", "BY") ? ParsePartitionColumns(columns) : [],
            Bucketing = tokens.Accept("CLUSTERED", "BY") ? ParseBucketing() : null,
            RowFormat = tokens.Accept("ROW", "FORMAT") ? ParseRowFormat() : null,
            StoredAs = tokens.Accept("STORED") ? ParseStorage() : null,
        };
        if (tokens.At("WITH", "SERDEPROPERTIES"))
        {
            create = create with { RowFormat = ParseLateProperties(create.RowFormat) };
        }

        return create with
        {
            Location = tokens.Accept("LOCATION") ? hive.Text() : null,
            Properties = tokens.Accept("TBLPROPERTIES") ? hive.Properties() : [],
        };
    }

    private bool AcceptIfNotExists()
    {
        if (!tokens.Accept("IF"))
        {
            return false;
        }

        tokens.Expect("NOT");
        tokens.Expect("EXISTS");
        return true;
    }

    private List<ColumnDefinition> ParsePartitionColumns(List<ColumnDefinition> columns)
    {
        var next = tokens.Peek(2);
        if (next.IsSymbol("(") || next.IsSymbol(",") || next.IsSymbol(")"))
        {
            throw SqlErrors.Unsupported(
                tokens.Peek().Position,
                "partition transforms of Iceberg tables are not supported",
                "give each partition column its type: PARTITIONED BY (day string)");
        }

        var keys = hive.Columns();
        foreach (var key in keys)
        {
            if (columns.Any(column => column.Name == key.Name))
            {
                throw SqlErrors.Invalid(
                    "DUPLICATE_COLUMN_NAME",
                    key.Position,
                    $"Column repeated in partitioning columns: '{key.Name}'",
                    "a partition column is not among the table's columns");
            }
        }

        return keys;
    }

    private Bucketing ParseBucketing()
    {
        var columns = tokens.ListInParentheses(hive.Column);
        List<(string, bool)> sorted = [];
        if (tokens.Accept("SORTED", "BY"))
        {
            sorted = tokens.ListInParentheses(() => (hive.Column(), tokens.AcceptAny("ASC", "DESC") == "DESC"));
        }

        tokens.Expect("INTO");
        var position = tokens.Position;
        var count = tokens.ExpectCount("<integer>");
        tokens.Expect("BUCKETS");
        return count is >= 1 and <= int.MaxValue
            ? new Bucketing(columns, sorted, (int)count)
            : throw SqlErrors.Syntax(position, "a table has at least one bucket");
    }

    private RowFormat ParseRowFormat()
    {
        if (tokens.Accept("SERDE"))
        {
            var name = hive.Text();
            return new RowFormat.SerDe(name, tokens.Accept("WITH", "SERDEPROPERTIES") ? hive.Properties() : []);
        }

        if (!tokens.Accept("DELIMITED"))
        {
            throw tokens.Mismatch("'DELIMITED'", "'SERDE'");
        }

        return ParseDelimited();
    }

    private RowFormat.Delimited ParseDelimited()
    {
        var format = new RowFormat.Delimited();
        if (AcceptTerminated("FIELDS"))
        {
            format = format with { Fields = hive.Text() };
            format = tokens.Accept("ESCAPED", "BY") ? format with { Escape = hive.Text() } : format;
        }

        if (tokens.Accept("COLLECTION"))
        {
            tokens.Expect("ITEMS");
            ExpectTerminated();
            format = format with { CollectionItems = hive.Text() };
        }

        if (tokens.Accept("MAP"))
        {
            tokens.Expect("KEYS");
            ExpectTerminated();
            format = format with { MapKeys = hive.Text() };
        }

        format = AcceptTerminated("LINES") ? format with { Lines = hive.Text() } : format;
        return tokens.Accept("NULL", "DEFINED", "AS") ? format with { Null = hive.Text() } : format;
    }

    private bool AcceptTerminated(string what)
    {
        var hit = tokens.Accept(what);
        if (hit)
        {
            ExpectTerminated();
        }

        return hit;
    }

    private void ExpectTerminated()
    {
        tokens.Expect("TERMINATED");
        tokens.Expect("BY");
    }

    private StorageFormat ParseStorage()
    {
        tokens.Expect("AS");
        if (tokens.Accept("INPUTFORMAT"))
        {
            var input = hive.Text();
            tokens.Expect("OUTPUTFORMAT");
            return new StorageFormat(null, input, hive.Text());
        }

        return tokens.Current.Kind == TokenKind.Word
            ? new StorageFormat(tokens.Next().Text.ToUpperInvariant(), null, null)
            : throw tokens.Mismatch("'AVRO'", "'INPUTFORMAT'", "'ORC'", "'PARQUET'", "'TEXTFILE'");
    }

    private RowFormat ParseLateProperties(RowFormat? format)
    {
        if (format is not RowFormat.SerDe { Properties.Count: 0 } serDe)
        {
            throw SqlErrors.Syntax(
                tokens.Position, "WITH SERDEPROPERTIES goes with ROW FORMAT SERDE", "name the SerDe before it");
        }

        tokens.Accept("WITH", "SERDEPROPERTIES");
        return serDe with { Properties = hive.Properties() };
    }
}
