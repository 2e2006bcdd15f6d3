using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>How a person wants their calls: one row a person, made when they first choose something.</summary>
internal sealed class CallSettings
{
    public const int ShortestRing = 5;
    public const int LongestRing = 120;

    public required string UserId { get; set; }

    /// <summary>Where every call goes, without ringing here.</summary>
    public CallForward Always { get; set; } = CallForward.Off;

    /// <summary>Where a call goes while the person talks or is not to be disturbed, or when they reject it.</summary>
    public CallForward WhenBusy { get; set; } = CallForward.Off;

    /// <summary>Where a call goes that nobody took in time, or for which there was no phone.</summary>
    public CallForward WhenUnanswered { get; set; } = CallForward.Off;

    /// <summary>How long their phones ring; null for as long as the house's.</summary>
    public int? RingSeconds { get; set; }

    /// <summary>Callers who reach nobody may leave a message.</summary>
    public bool Voicemail { get; set; }

    /// <summary>When they recorded the greeting that callers hear; null for Asterisk's own.</summary>
    public DateTimeOffset? GreetingAt { get; set; }
}

/// <summary>What kind of place a call is sent on to.</summary>
internal enum ForwardTo
{
    Off,
    Number,
    Colleague,
    Voicemail,
}

/// <summary>Where a call is sent on to.</summary>
/// <param name="To">The kind of place.</param>
/// <param name="Number">E.164, for a number.</param>
/// <param name="UserId">Who, for a colleague.</param>
internal sealed record CallForward(ForwardTo To, string? Number, string? UserId)
{
    public static CallForward Off { get; } = new(ForwardTo.Off, null, null);

    /// <summary>True where somebody else is to be rung.</summary>
    public bool Rings => To is ForwardTo.Number or ForwardTo.Colleague;
}

internal sealed class CallSettingsConfiguration : IEntityTypeConfiguration<CallSettings>
{
    public void Configure(EntityTypeBuilder<CallSettings> builder)
    {
        builder.ToTable("CallSettings");
        builder.HasKey(settings => settings.UserId);
        builder.HasOne<AppUser>().WithOne().HasForeignKey<CallSettings>(settings => settings.UserId);
        builder.ComplexProperty(settings => settings.Always, Configure);
        builder.ComplexProperty(settings => settings.WhenBusy, Configure);
        builder.ComplexProperty(settings => settings.WhenUnanswered, Configure);
    }

    private static void Configure(ComplexPropertyBuilder<CallForward> forward)
    {
        forward.Property(f => f.To).HasConversion<string>().HasMaxLength(16);
        forward.Property(f => f.Number).HasMaxLength(16);
    }
}
