namespace Tarn.Delivery.Jq.Syntax;

/// <summary>Literal text, or the tokens of <c>\( … )</c>, which end with an end token.</summary>
internal readonly record struct JqTextPiece(string Literal, IReadOnlyList<JqToken>? Tokens);
