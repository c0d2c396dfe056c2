using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>ALTER DATABASE and ALTER TABLE.</summary>
internal sealed class AlterParser(TokenReader tokens, HiveReader hive)
{
    /// <summary>After ALTER.</summary>
    public Statement Parse(SqlPosition position)
    {
        if (tokens.Accept("DATABASE") || tokens.Accept("SCHEMA"))
        {
            var name = hive.Name("<database>");
            tokens.Expect("SET");
            tokens.Expect("DBPROPERTIES");
            return new Statement.SetDatabaseProperties(position, name, hive.Properties());
        }

        if (tokens.At("VIEW"))
        {
            return new Statement.Other(position, "ALTER VIEW", "use CREATE OR REPLACE VIEW");
        }

        tokens.Expect("TABLE");
        return ParseTable(position);
    }

    private Statement ParseTable(SqlPosition position)
    {
        var table = hive.Table();
        var partition = hive.OptionalPartition();
        if (tokens.Accept("ADD", "COLUMNS"))
        {
            return new Statement.AddColumns(position, table, partition, hive.Columns());
        }

        if (tokens.Accept("REPLACE", "COLUMNS"))
        {
            return new Statement.ReplaceColumns(position, table, partition, hive.Columns());
        }

        if (tokens.Accept("CHANGE"))
        {
            return ParseChange(position, table, partition);
        }

        if (tokens.Accept("SET", "LOCATION"))
        {
            return new Statement.SetLocation(position, table, partition, hive.Text());
        }

        if (partition is not null)
        {
            return ParseOfPartition(position, table, partition);
        }

        if (tokens.Accept("ADD"))
        {
            return ParseAdd(position, table);
        }

        if (tokens.Accept("DROP"))
        {
            return ParseDrop(position, table);
        }

        if (tokens.Accept("SET"))
        {
            tokens.Expect("TBLPROPERTIES");
            return new Statement.SetTableProperties(position, table, hive.Properties());
        }

        return tokens.At("RENAME") || tokens.At("UNSET") || tokens.At("RECOVER")
            ? new Statement.Other(
                position, $"ALTER TABLE {tokens.Current.Text.ToUpperInvariant()}", "it is not in Athena's language")
            : throw tokens.Mismatch("'ADD'", "'CHANGE'", "'DROP'", "'PARTITION'", "'REPLACE'", "'SET'");
    }

    private Statement.RenamePartition ParseOfPartition(SqlPosition position, TableRef table, PartitionSpec partition)
    {
        if (!tokens.Accept("RENAME", "TO"))
        {
            throw tokens.Mismatch("'ADD'", "'CHANGE'", "'RENAME'", "'REPLACE'", "'SET'");
        }

        return new Statement.RenamePartition(position, table, partition, hive.Partition());
    }

    private Statement.ChangeColumn ParseChange(SqlPosition position, TableRef table, PartitionSpec? partition)
    {
        tokens.Accept("COLUMN");
        var column = hive.Column();
        var definition = hive.Definition();
        var after = tokens.Accept("FIRST") ? "" : tokens.Accept("AFTER") ? hive.Column() : null;
        return new Statement.ChangeColumn(position, table, partition, column, definition, after);
    }

    private Statement.AddPartitions ParseAdd(SqlPosition position, TableRef table)
    {
        var ifNotExists = tokens.Accept("IF", "NOT", "EXISTS");
        if (!tokens.At("PARTITION"))
        {
            throw tokens.Mismatch("'COLUMNS'", "'IF'", "'PARTITION'");
        }

        var partitions = new List<NewPartition>();
        do
        {
            var partition = hive.Partition();
            partitions.Add(new NewPartition(partition, tokens.Accept("LOCATION") ? hive.Text() : null));
        }
        while (tokens.At("PARTITION"));

        return new Statement.AddPartitions(position, table, ifNotExists, partitions);
    }

    private Statement ParseDrop(SqlPosition position, TableRef table)
    {
        if (tokens.Accept("COLUMN"))
        {
            return new Statement.DropColumn(position, table, hive.Column());
        }

        var ifExists = tokens.Accept("IF", "EXISTS");
        return tokens.At("PARTITION")
            ? new Statement.DropPartitions(position, table, ifExists, tokens.List(hive.Partition))
            : throw tokens.Mismatch("'COLUMN'", "'IF'", "'PARTITION'");
    }
}
