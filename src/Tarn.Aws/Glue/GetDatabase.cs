using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_GetDatabase.html</summary>
internal sealed class GetDatabase(ICatalog catalog, LakeIdentity lake) : GlueOperation<string>(lake)
{
    public override string Name => "GetDatabase";

    protected override string ReadFields(JsonMembers members) => members.RequiredText("Name");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var database = await catalog.FindDatabaseAsync(input, cancellation)
            ?? throw GlueErrors.NotFound($"Database {input} not found.");
        answer.WritePropertyName("Database");
        DatabaseAnswer.Write(answer, database, Lake);
    }
}
