using Tarn.Storage.Access;

namespace Tarn.Console.Api.Access;

/// <summary>A grant as <c>/api</c> writes and takes it.</summary>
internal sealed record GrantBody(string User, GrantLevel Level, string Bucket, string Prefix = "");
