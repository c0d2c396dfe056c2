using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Delivery;
using Tarn.Primitives.Errors;
using Tarn.Projects.Lake;

namespace Tarn.Projects.Tests.Lake;

public sealed class LakeProjectReaderTests : IDisposable
{
    private readonly ProjectFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_GameScores_HasEverythingItDeclares()
    {
        var project = LakeProjectReader.Read(Path.Combine(AppContext.BaseDirectory, "examples", "game-scores"));

        Assert.Equal("game-scores", project.Name);
        Assert.Equal(["lake"], project.Buckets);
        Assert.Equal(("scores", 2, 24), project.Streams.Select(
            stream => (stream.Name, stream.ShardCount, stream.RetentionHours)).Single());
        var table = project.Tables.Single();
        Assert.Equal(new TableName("raw", "scores"), table.Name);
        Assert.Equal(["year", "month", "day", "hour"], table.PartitionKeys.Select(column => column.Name));
        Assert.Equal(new Column("score", "bigint"), table.Storage.Columns[3]);
        var delivery = project.Deliveries.Single();
        Assert.Equal(new DeliverySource.FromStream("scores"), delivery.Source);
        Assert.Equal(LakeLayout.Of(new TableTarget("raw", "scores")), delivery.Destination);
        Assert.Equal([null, 1_000_000], project.Workgroups.Select(workgroup => workgroup.ScannedBytesMax));
        Assert.Equal([2, 11, 16], project.Statements.Select(statement => statement.Line));
        Assert.Equal("curate_scores", project.Jobs.Single().Name);
        Assert.Equal("scores", project.Dashboards.Single().Name);
    }

    [Fact]
    public void Read_Flights_HasEverythingItDeclares()
    {
        var project = LakeProjectReader.Read(Path.Combine(AppContext.BaseDirectory, "examples", "flights"));

        Assert.Equal("flights", project.Name);
        Assert.Equal(["flights"], project.Streams.Select(stream => stream.Name));
        Assert.Equal(["raw.flights"], project.Tables.Select(table => table.Name.ToString()));
        Assert.Equal(["flights"], project.Deliveries.Select(delivery => delivery.Name));
        Assert.Equal(["curate_flights"], project.Jobs.Select(job => job.Name));
        Assert.NotEmpty(project.Statements);
        Assert.NotEmpty(project.Dashboards.Single().Tiles);
    }

    [Fact]
    public void Read_FolderWithoutLakeYaml_IsNotFound()
    {
        var error = Assert.Throws<TarnException>(folder.Read);

        Assert.Equal(ErrorKind.NotFound, error.Kind);
        Assert.Contains(folder.Path, error.Message);
    }

    [Fact]
    public void Read_EmptyLakeYaml_IsAnEmptyProjectNamedByItsFolder()
    {
        var project = folder.With("lake.yaml", "").Read();

        Assert.Equal(Path.GetFileName(folder.Path), project.Name);
        Assert.Empty(project.Buckets);
        Assert.Empty(project.Streams);
    }

    [Fact]
    public void Read_MistakesInAllFiles_AreReportedTogether()
    {
        folder.With("lake.yaml", """
            streams:
              scores:
                shard: 2
            tables:
              scores:
                location: /data/scores
            delivery:
              scores:
                stream: scores
                table: raw.scores
                compression: lzo
                buffer_seconds: 901
            """);
        folder.With("queries/a.sql", "SELECT 1;\nSELECT 'open;\n");
        folder.With("jobs/b.sql", "-- target: curated.b\n-- schedul: * * * * *\nSELECT 1");
        folder.With("dashboards/c.yaml", "title: C\ntiles:\n- title: one\n  kind: pie\n");

        var errors = Errors();

        Assert.Equal(
            [
                "lake.yaml:3:5: unknown key 'shard' in streams 'scores'; did you mean 'shards'?",
                "lake.yaml:5:3: 'tables' of the file has 'scores', expected database.table",
                "lake.yaml:6:15: 'location' of tables 'scores' must be an s3://bucket/prefix/ location, "
                    + "not '/data/scores'",
                "lake.yaml:11:18: 'compression' of delivery 'scores' must be one of none, gzip, bzip2, zstd, "
                    + "zip, snappy, hadoop-snappy, lz4, not 'lzo'; did you mean 'lz4'?",
                "lake.yaml:12:21: 'buffer_seconds' of delivery 'scores' must be a whole number from 0 to 900, "
                    + "not '901'",
            ],
            errors[..5]);
        Assert.StartsWith("queries/a.sql: ", errors[5]);
        Assert.Contains("line 2", errors[5]);
        Assert.Equal("jobs/b.sql: job 'b' line 2: unknown key 'schedul'; did you mean 'schedule'?", errors[6]);
        Assert.StartsWith(
            "dashboards/c.yaml:4:9: 'kind' of tiles 1 must be one of bar, line, table, number", errors[7]);
        Assert.Equal(8, errors.Length);
    }

    [Theory]
    [InlineData("queries/notes.txt", "queries/notes.txt: expected a .sql file in queries/")]
    [InlineData("jobs/curate.SQL", "jobs/curate.SQL: expected a .sql file in jobs/")]
    [InlineData("dashboards/scores.yml", "dashboards/scores.yml: expected a .yaml file in dashboards/")]
    public void Read_FileOfAnotherKind_IsRefused(string name, string error) =>
        Assert.Equal([error], With("").WithFile(name).Errors());

    [Fact]
    public void Read_TableNamedTwiceInOtherCase_IsRefused() =>
        Assert.Contains(
            "'raw.SCORES' twice",
            Assert.Single(With("""
                tables:
                  raw.scores: { location: s3://lake/a/ }
                  raw.SCORES: { location: s3://lake/b/ }
                """).Errors()));

    [Fact]
    public void Read_TableWithoutLocation_IsRefused() =>
        Assert.Equal(
            ["lake.yaml:2:15: tables 'raw.scores' needs 'location'"],
            With("tables:\n  raw.scores: { format: json }\n").Errors());

    [Fact]
    public void Read_CompactionThatCannotBeHonoured_IsRefused() =>
        Assert.Equal(
            [
                "lake.yaml:2:48: 'compaction' of tables 'raw.a' needs 'target_mib'",
                "lake.yaml:2:65: 'grace_minutes' of compaction must be a whole number from 1 to 1440, not '0'",
                "lake.yaml:3:62: 'target_mib' of compaction must be a whole number from 1 to 1024, not '2000'",
                "lake.yaml:3:68: unknown key 'minutes' in compaction",
            ],
            With("""
                tables:
                  raw.a: { location: s3://lake/a/, compaction: { grace_minutes: 0 } }
                  raw.b: { location: s3://lake/b/, compaction: { target_mib: 2000, minutes: 5 } }
                """).Errors());

    [Fact]
    public void Read_Locations_AddTheirBuckets()
    {
        folder.With("lake.yaml", """
            buckets: [first]
            tables:
              raw.scores: { location: s3://second/raw/ }
            delivery:
              scores: { stream: scores, table: raw.scores, bucket: third }
            workgroups:
              primary: { output_location: s3://fourth/results/ }
            """);
        folder.With("jobs/a.sql", "-- target: curated.a\n-- location: s3://fifth/a/\nSELECT 1");

        Assert.Equal(["first", "second", "fourth", "fifth", "third"], folder.Read().Buckets);
    }

    [Fact]
    public void Read_StatementsOfSeveralFiles_AreInFileAndLineOrder()
    {
        folder.With("lake.yaml", "")
            .With("queries/b.sql", "three")
            .With("queries/a.sql", "one;\n\n-- two is next\ntwo;");

        Assert.Equal(
            [("queries/a.sql", 1, "one"), ("queries/a.sql", 4, "two"), ("queries/b.sql", 1, "three")],
            folder.Read().Statements.Select(statement => (statement.File, statement.Line, statement.Sql)));
    }

    private LakeProjectReaderTests With(string lake)
    {
        folder.With("lake.yaml", lake);
        return this;
    }

    private LakeProjectReaderTests WithFile(string name)
    {
        folder.With(name, "text");
        return this;
    }

    private string[] Errors()
    {
        var error = Assert.Throws<TarnException>(folder.Read);
        Assert.Equal(ErrorKind.Invalid, error.Kind);
        return (error.Detail ?? error.Message).Split(Environment.NewLine);
    }

    [Fact]
    public void Read_WrongStreamSettings_AreToldWithLineAndNearestWord()
    {
        folder.With("lake.yaml", """
            streams:
              scores:
                durability: disc
                limits: amazon
                mode: ondemand
                max_record_kib: 512
                faults:
                  error_rate: 2
                  latencyms: 5
              clicks:
                mode: on_demand
                shards: 3
            """);

        Assert.Equal(
            [
                "lake.yaml:3:17: 'durability' of streams 'scores' must be one of disk, os, not 'disc'; "
                    + "did you mean 'disk'?",
                "lake.yaml:4:13: 'limits' of streams 'scores' must be one of none, aws, not 'amazon'",
                "lake.yaml:5:11: 'mode' of streams 'scores' must be one of provisioned, on_demand, not 'ondemand'; "
                    + "did you mean 'on_demand'?",
                "lake.yaml:6:21: 'max_record_kib' of streams 'scores' must be a whole number from 1024 to 10240, "
                    + "not '512'",
                "lake.yaml:8:19: 'error_rate' of faults must be a number from 0 to 1, not '2'",
                "lake.yaml:9:7: unknown key 'latencyms' in faults; did you mean 'latency_ms'?",
                "lake.yaml:12:13: 'shards' of streams 'clicks' must be left out: the shards of a stream on demand "
                    + "follow its load",
            ],
            Errors().OrderBy(error => int.Parse(error.Split(':')[1], CultureInfo.InvariantCulture)));
    }
}
