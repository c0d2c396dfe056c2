using System.Globalization;
using System.Text;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Sqlite;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Objects.Local;

public sealed class ListingWalkTests
{
    [Fact]
    public void Run_ManyKeysBelowFewPrefixes_ReadsARowPerEntry()
    {
        using var directory = new TempDirectory();
        using var session = new SqlSession(Path.Combine(directory.Path, "index.db"));
        MetadataSchema.Ensure(session);
        Fill(session, prefixes: 4, keysEach: 500);

        var walk = new ListingWalk(session, "lake", new ObjectListing { Delimiter = "/" });
        Assert.Equal(["p0/", "p1/", "p2/", "p3/"], walk.Run().CommonPrefixes);
        Assert.Equal(4, walk.RowsRead);

        walk = new ListingWalk(session, "lake", new ObjectListing { Prefix = "p2/", EntriesMax = 10 });
        var page = walk.Run();
        Assert.Equal((10, "p2/0009"), (page.Objects.Count, page.NextAfter));
        Assert.Equal(11, walk.RowsRead);
    }

    private static void Fill(SqlSession session, int prefixes, int keysEach)
    {
        session.Run("BEGIN");
        for (var i = 0; i < prefixes * keysEach; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"p{i / keysEach}/{i % keysEach:D4}");
            session.Execute(
                $"INSERT INTO object({ObjectRow.Columns}) VALUES ('lake', $1, 0, '', 0, '', NULL, NULL, $2, 1, NULL)",
                Encoding.UTF8.GetBytes(key), new byte[16]);
        }

        session.Run("COMMIT");
    }
}
