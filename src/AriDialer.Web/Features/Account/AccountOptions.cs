using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Account;

/// <summary>How people sign in (section <c>Account</c>).</summary>
internal sealed class AccountOptions
{
    /// <summary>Attempts a minute from one address, before more are told to wait.</summary>
    [Range(1, 10_000, ErrorMessage = "Account:AttemptsPerMinute must be between 1 and 10000.")]
    public int AttemptsPerMinute { get; set; } = 60;

    /// <summary>How long a sign-in lasts without being used.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00", ErrorMessage = "Account:SignInLasts must be between five minutes and 30 days.")]
    public TimeSpan SignInLasts { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a link to set a password can be used.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00", ErrorMessage = "Account:LinkLasts must be between five minutes and 30 days.")]
    public TimeSpan LinkLasts { get; set; } = TimeSpan.FromDays(3);
}
