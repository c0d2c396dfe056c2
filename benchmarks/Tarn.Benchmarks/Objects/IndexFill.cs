using Microsoft.Data.Sqlite;
using Tarn.Benchmarks.Figures;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// Many objects for a listing: putting a million one after another would take the time of the whole run. The row of one
/// real object is copied under other keys, straight into the index (docs/formats/object-files.md); a listing reads
/// nothing else. Their files do not exist, so nothing but listings may follow.
/// </summary>
internal static class IndexFill
{
    public static void Run(string metadata, string template, string folder, int objects)
    {
        using var connection = Open(metadata);
        var columns = Columns(connection);
        var values = columns.Select(column => column switch
        {
            "key" => "CAST(printf($folder || '/%09d', n.i) AS BLOB)",
            "id" => "randomblob(16)",
            "path" => "NULL",
            "placed" => "1",
            _ => "o." + column,
        });
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $objects)
            INSERT INTO object({string.Join(", ", columns)}) SELECT {string.Join(", ", values)}
            FROM n, (SELECT * FROM object WHERE bucket = $bucket AND key = CAST($template AS BLOB)) o
            """;
        command.Parameters.AddWithValue("$objects", objects);
        command.Parameters.AddWithValue("$bucket", S3Objects.Bucket);
        command.Parameters.AddWithValue("$template", template);
        command.Parameters.AddWithValue("$folder", folder);
        Totals.MustEqual(objects, command.ExecuteNonQuery(), "rows of the index");
    }

    /// <summary>The ceiling of a listing: the same pages read from the index, in this process, as text.</summary>
    public static IEnumerable<int> ReadPages(string metadata, string folder, int pageKeys)
    {
        using var connection = Open(metadata);
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT key, size, etag, modified FROM object WHERE bucket = $bucket AND key > $after AND key < $end
            ORDER BY key LIMIT $count
            """;
        var after = command.Parameters.Add("$after", SqliteType.Blob);
        command.Parameters.AddWithValue("$bucket", S3Objects.Bucket);
        command.Parameters.AddWithValue("$end", System.Text.Encoding.UTF8.GetBytes(folder + "0"));
        command.Parameters.AddWithValue("$count", pageKeys);
        after.Value = System.Text.Encoding.UTF8.GetBytes(folder + "/");
        while (true)
        {
            var count = 0;
            using (var rows = command.ExecuteReader())
            {
                for (; rows.Read(); count++)
                {
                    after.Value = (byte[])rows[0];
                    _ = (rows.GetInt64(1), rows.GetString(2), rows.GetInt64(3));
                }
            }

            if (count == 0)
            {
                yield break;
            }

            yield return count;
        }
    }

    private static List<string> Columns(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info('object')";
        using var rows = command.ExecuteReader();
        var columns = new List<string>();
        while (rows.Read())
        {
            columns.Add(rows.GetString(0));
        }

        return columns;
    }

    private static SqliteConnection Open(string metadata)
    {
        var connection = new SqliteConnection($"Data Source={metadata};Pooling=False");
        connection.Open();
        return connection;
    }
}
