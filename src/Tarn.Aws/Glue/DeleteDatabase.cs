using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteDatabase.html</summary>
internal sealed class DeleteDatabase(ICatalog catalog, LakeIdentity lake) : GlueOperation<string>(lake)
{
    public override string Name => "DeleteDatabase";

    protected override string ReadFields(JsonMembers members) => members.RequiredText("Name");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (await catalog.FindDatabaseAsync(input, cancellation) is null)
        {
            throw GlueErrors.NotFound($"Database {input} not found.");
        }

        await catalog.DeleteDatabaseAsync(input, cancellation);
    }
}
