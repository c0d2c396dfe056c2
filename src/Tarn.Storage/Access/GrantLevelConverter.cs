using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.Storage.Access;

/// <summary>A level as its word: <c>read</c>, <c>write</c>, <c>admin</c>.</summary>
internal sealed class GrantLevelConverter()
    : JsonStringEnumConverter<GrantLevel>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
