using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Athena;

/// <summary>Catalogs, databases, tables and engine versions as Athena tells them; what is refused by name.</summary>
public sealed class MetadataTests : IAsyncLifetime
{
    private readonly AwsScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Tables_OfADatabase_AreListedAndTold()
    {
        (await _scene.JsonAsync("AWSGlue.CreateDatabase", JsonNode.Parse(
            """{"DatabaseInput":{"Name":"lab","Description":"of the lab"}}""")!)).Ok();
        foreach (var name in new[] { "scores", "users", "raw" })
        {
            (await _scene.JsonAsync("AWSGlue.CreateTable", JsonNode.Parse($$$"""
                {"DatabaseName":"lab","TableInput":{"Name":"{{{name}}}","TableType":"EXTERNAL_TABLE",
                 "Parameters":{"classification":"json"},"PartitionKeys":[{"Name":"day","Type":"string"}],
                 "StorageDescriptor":{"Location":"s3://lake/{{{name}}}/",
                  "Columns":[{"Name":"id","Type":"bigint","Comment":"of it"}],
                  "SerdeInfo":{"SerializationLibrary":"org.openx.data.jsonserde.JsonSerDe"} } } }
                """)!)).Ok();
        }

        var database = (await CallAsync(
            "GetDatabase", """{"CatalogName":"AwsDataCatalog","DatabaseName":"lab"}""")).Ok().Json["Database"]!;
        var databases = (await CallAsync("ListDatabases", """{"CatalogName":"awsdatacatalog"}""")).Ok().Json;
        var tables = (await CallAsync("ListTableMetadata", """
            {"CatalogName":"AwsDataCatalog","DatabaseName":"lab","Expression":".*s","MaxResults":1}
            """)).Ok().Json;
        var table = (await CallAsync("GetTableMetadata", """
            {"CatalogName":"AwsDataCatalog","DatabaseName":"lab","TableName":"Scores"}
            """)).Ok().Json["TableMetadata"]!;

        Assert.Equal(("lab", "of the lab"), ((string)database["Name"]!, (string)database["Description"]!));
        Assert.Contains("lab", databases["DatabaseList"]!.AsArray().Select(found => (string)found!["Name"]!));
        Assert.Equal("scores", (string)tables["TableMetadataList"]!.AsArray().Single()!["Name"]!);
        Assert.NotNull(tables["NextToken"]);
        Assert.Equal(("scores", "EXTERNAL_TABLE"), ((string)table["Name"]!, (string)table["TableType"]!));
        Assert.Equal("of it", (string)table["Columns"]![0]!["Comment"]!);
        Assert.Equal("day", (string)table["PartitionKeys"]![0]!["Name"]!);
        Assert.Equal("s3://lake/scores/", (string)table["Parameters"]!["location"]!);
        Assert.Equal("json", (string)table["Parameters"]!["classification"]!);
    }

    [Fact]
    public async Task LiveViews_AreListedAndToldBesideTables()
    {
        var scene = new AwsScene { Live = new LiveViews() };
        await scene.InitializeAsync();
        async Task<JsonNode> Ask(string operation, string input) =>
            (await scene.JsonAsync("AmazonAthena." + operation, JsonNode.Parse(input)!)).Ok().Json;

        var databases = await Ask("ListDatabases", """{"CatalogName":"AwsDataCatalog"}""");
        var database = await Ask("GetDatabase", """{"CatalogName":"AwsDataCatalog","DatabaseName":"Live"}""");
        var tables = await Ask("ListTableMetadata", """{"CatalogName":"AwsDataCatalog","DatabaseName":"live"}""");
        var one = (await Ask("GetTableMetadata", """
            {"CatalogName":"AwsDataCatalog","DatabaseName":"live","TableName":"Scores_By_User"}
            """))["TableMetadata"]!;
        await scene.DisposeAsync();

        Assert.Equal(
            ["default", "live"], databases["DatabaseList"]!.AsArray().Select(each => (string)each!["Name"]!));
        Assert.Equal("live", (string)database["Database"]!["Name"]!);
        Assert.Equal(
            ["broken 0", "scores_by_user 3"],
            tables["TableMetadataList"]!.AsArray().Select(
                each => $"{each!["Name"]} {each["Columns"]!.AsArray().Count}"));
        Assert.Equal(
            ["user_id string", "total bigint", "last timestamp(3) with time zone"],
            one["Columns"]!.AsArray().Select(each => $"{each!["Name"]} {each["Type"]}"));
        Assert.Equal("true", (string)one["Parameters"]!["tarn.live"]!);
    }

    [Theory]
    [InlineData("GetDatabase", """{"CatalogName":"AwsDataCatalog","DatabaseName":"absent"}""")]
    [InlineData("ListTableMetadata", """{"CatalogName":"AwsDataCatalog","DatabaseName":"absent"}""")]
    [InlineData(
        "GetTableMetadata", """{"CatalogName":"AwsDataCatalog","DatabaseName":"default","TableName":"absent"}""")]
    public async Task Metadata_OfWhatIsNotThere_IsAMetadataException(string operation, string input) =>
        (await CallAsync(operation, input)).MustFail(HttpStatusCode.BadRequest, "MetadataException", "absent");

    [Fact]
    public async Task Catalogs_AreTheOne()
    {
        var listed = (await CallAsync("ListDataCatalogs", "{}")).Ok().Json["DataCatalogsSummary"]!.AsArray();
        var catalog = (await CallAsync("GetDataCatalog", """{"Name":"AwsDataCatalog"}""")).Ok().Json["DataCatalog"]!;
        var other = await CallAsync("GetDataCatalog", """{"Name":"other"}""");

        Assert.Equal("AwsDataCatalog", (string)listed.Single()!["CatalogName"]!);
        Assert.Equal(
            ("AwsDataCatalog", "GLUE", "000000000000"),
            (
                (string)catalog["Name"]!, (string)catalog["Type"]!, (string)catalog["Parameters"]!["catalog-id"]!));
        other.MustFail(HttpStatusCode.BadRequest, "InvalidRequestException", "other");
    }

    [Fact]
    public async Task EngineVersions_AreAutoAndThree()
    {
        var versions = (await CallAsync("ListEngineVersions", "{}")).Ok().Json["EngineVersions"]!.AsArray();

        Assert.Equal(
            ["AUTO", "Athena engine version 3"],
            versions.Select(version => (string)version!["SelectedEngineVersion"]!));
    }

    [Theory]
    [InlineData("CreateDataCatalog", "AwsDataCatalog")]
    [InlineData("StartSession", "Spark")]
    [InlineData("CreateNotebook", "Spark")]
    [InlineData("CreateCapacityReservation", "capacity")]
    public async Task Operation_ThatIsRefused_SaysWhyAndWhatToDoInstead(string operation, string why) =>
        (await CallAsync(operation, "{}")).MustFail(
            HttpStatusCode.NotImplemented, "UnknownOperationException", why);

    private Task<Answer> CallAsync(string operation, string input) =>
        _scene.JsonAsync("AmazonAthena." + operation, JsonNode.Parse(input)!);
}
