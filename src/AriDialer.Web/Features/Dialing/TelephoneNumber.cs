namespace AriDialer.Web.Features.Dialing;

/// <summary>A number that has been read and checked. Only <see cref="TelephoneNumbers"/> makes one, so its text is safe in a dial string.</summary>
internal sealed record TelephoneNumber
{
    internal TelephoneNumber(string e164, string national, string international, string? region) =>
        (E164, National, International, Region) = (e164, national, international, region);

    public string E164 { get; }

    public string National { get; }

    public string International { get; }

    /// <summary>ISO 3166 alpha-2; null for numbers of no country (satellites, freephone worldwide).</summary>
    public string? Region { get; }
}

/// <summary>What a text turned out to be.</summary>
internal abstract record NumberReading;

internal sealed record ReadNumber(TelephoneNumber Number) : NumberReading;

/// <summary>An emergency number of the person's region, and what to do instead of dialling it here.</summary>
internal sealed record EmergencyNumber(string Digits, string Sentence) : NumberReading;

/// <summary>Not a number that can be called; the sentence says why, for people.</summary>
internal sealed record NotANumber(string Sentence) : NumberReading;
