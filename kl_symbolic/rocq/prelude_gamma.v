(* Gamma: its integral converges, it has a derivative, Gamma(1/2) = sqrt pi, Gamma(n + 1) = n!; and Euler's Beta
   integral. The rows gamma_half and digamma_deriv of the kernel are here; of the others about Gamma, which are laws in
   kl_prelude_integrals.v, here is what kl_prelude_sandwich.v needs. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From kl Require Import kl_prelude kl_prelude_integrals kl_prelude_riemann.
Open Scope R_scope.

(* ---- The integral of Gamma converges -------------------------------------------------------------------------- *)

(* The integrand, and a majorant with a bounded antiderivative. *)
Definition gam (a x : R) : R := Rpower x (a - 1) * exp (- x).

Definition top (a : R) : R := exp (1 - (a + 1) + (a + 1) * ln (a + 1)).

Definition maj (a x : R) : R := top a * exp ((a - 1) * ln x - (a + 1) * ln (1 + x)).

Definition prim (a x : R) : R := top a / a * exp (a * ln x - a * ln (1 + x)).

Lemma gam_pos a x : 0 <= gam a x.
Proof. unfold gam, Rpower; left; apply Rmult_lt_0_compat; apply exp_pos. Qed.

Lemma exp_le u v : u <= v -> exp u <= exp v.
Proof. intros [H | ->]; [left; apply exp_increasing, H | right; reflexivity]. Qed.

Lemma gam_le a x : 0 < a -> 0 < x -> gam a x <= maj a x.
Proof.
  intros A X; unfold gam, maj, top, Rpower; rewrite <- !exp_plus; apply exp_le.
  assert (T := log_le' ((1 + x) / (a + 1)) ltac:(apply Rdiv_lt_0_compat; lra)).
  unfold Rdiv in T; rewrite ln_mult, ln_Rinv in T by (try apply Rinv_0_lt_compat; lra).
  apply (Rmult_le_compat_l (a + 1)) in T; [| lra].
  replace ((a + 1) * ((1 + x) * / (a + 1) - 1)) with (1 + x - (a + 1)) in T by (field; lra); lra.
Qed.

Lemma prim_derive a x : 0 < a -> 0 < x -> is_derive (prim a) x (maj a x).
Proof.
  intros A X; unfold prim, maj; auto_derive; [repeat split; lra |].
  replace (exp ((a - 1) * ln x - (a + 1) * ln (1 + x))) with (exp (a * ln x - a * ln (1 + x)) * / (x * (1 + x))).
  - replace (a * ln x + - (a * ln (1 + x))) with (a * ln x - a * ln (1 + x)) by ring; field; lra.
  - replace ((a - 1) * ln x - (a + 1) * ln (1 + x)) with ((a * ln x - a * ln (1 + x)) + - (ln x + ln (1 + x)))
      by ring.
    rewrite exp_plus, exp_Ropp, exp_plus, !exp_ln by lra; reflexivity.
Qed.

Lemma maj_continuous a x : 0 < x -> continuous (maj a) x.
Proof. intros X; apply (ex_derive_continuous (maj a)); unfold maj; auto_derive; repeat split; lra. Qed.

Lemma gam_continuous a x : 0 < x -> continuous (gam a) x.
Proof. intros X; apply (ex_derive_continuous (gam a)); unfold gam, Rpower; auto_derive; repeat split; lra. Qed.

Lemma prim_bounds a x : 0 < a -> 0 < x -> 0 <= prim a x <= top a / a.
Proof.
  intros A X; unfold prim; assert (C : 0 < top a / a) by (apply Rdiv_lt_0_compat; [apply exp_pos | exact A]).
  assert (L : ln x < ln (1 + x)) by (apply ln_increasing; lra).
  assert (E : exp (a * ln x - a * ln (1 + x)) <= 1).
  { apply Rle_trans with (exp 0); [apply exp_le | rewrite exp_0; lra];
      assert (0 < a * (ln (1 + x) - ln x)) by (apply Rmult_lt_0_compat; lra); lra. }
  assert (0 < exp (a * ln x - a * ln (1 + x))) by apply exp_pos.
  split; [left; apply Rmult_lt_0_compat; assumption |].
  rewrite <- (Rmult_1_r (top a / a)) at 2; apply Rmult_le_compat_l; lra.
Qed.

Lemma pos_of x : within 0 p_infty x -> 0 < x.
Proof. intros [H _]; exact H. Qed.

Theorem gamma_converges a : 0 < a -> exists v, base 0 p_infty (gam a) v.
Proof.
  intros A; apply (base_of_bound 0 p_infty (gam a) (top a / a) I).
  - intros s t S T; apply (ex_RInt_continuous (V := R_CompleteNormedModule) (gam a)); intros z Z;
      apply gam_continuous.
    apply pos_of in S; apply pos_of in T; unfold Rmin in Z; destruct (Rle_dec s t); lra.
  - intros x _; apply gam_pos.
  - intros s t S T H; apply pos_of in S; apply pos_of in T.
    assert (M : is_RInt (maj a) s t (prim a t - prim a s)).
    { apply (is_RInt_derive (prim a) (maj a)); intros z Z; rewrite Rmin_left, Rmax_right in Z by lra;
        [apply prim_derive | apply maj_continuous]; lra. }
    apply Rle_trans with (RInt (maj a) s t).
    + apply RInt_le; [exact H | | eexists; exact M | intros z Z; apply gam_le; lra].
      apply (ex_RInt_continuous (V := R_CompleteNormedModule) (gam a)); intros z Z; apply gam_continuous;
        rewrite Rmin_left in Z by lra; lra.
    + rewrite (is_RInt_unique _ _ _ _ M); assert (P := prim_bounds a s A S); assert (Q := prim_bounds a t A T); lra.
Qed.

Lemma base_Gamma (c : R) : 0 < c -> base 0 p_infty (gam c) (Gamma c).
Proof.
  intros C; destruct (gamma_converges c C) as [v V]; replace (Gamma c) with v; [exact V |]; symmetry; unfold Gamma;
    apply (is_RInt_gen_unique (gam c)), (proj1 (proj2 V)).
Qed.

(* ---- Gamma has a derivative ----------------------------------------------------------------------------------- *)

(* A continuous function below one that has an integral has an integral. *)
Lemma base_dominated (f M : R -> R) v : (forall x, within 0 p_infty x -> continuous f x) ->
  (forall x, within 0 p_infty x -> continuous M x) ->
  (forall x, within 0 p_infty x -> Rabs (f x) <= M x) -> base 0 p_infty M v -> exists q, base 0 p_infty f q.
Proof.
  intros Cf CM D BM; assert (BM' := BM); destruct BM' as (L & _ & K & B).
  assert (Lf : forall s t, within 0 p_infty s -> within 0 p_infty t -> ex_RInt f s t).
  { intros s t S T; apply (ex_RInt_continuous (V := R_CompleteNormedModule) f); intros z Z; apply Cf; split;
      [| exact I].
    apply pos_of in S; apply pos_of in T; simpl; unfold Rmin in Z; destruct (Rle_dec s t); lra. }
  destruct (base_of_bound 0 p_infty (fun x => f x + M x) (2 * K) I) as [q Q].
  - intros s t S T; apply (ex_RInt_plus f M s t); auto.
  - intros x X; specialize (D x X); assert (Z := Rle_abs (- f x)); rewrite Rabs_Ropp in Z; lra.
  - intros s t S T H; assert (A : ex_RInt (fun x => Rabs (M x)) s t) by (apply (ex_RInt_norm M), L; assumption).
    apply Rle_trans with (RInt (fun x => 2 * Rabs (M x)) s t).
    + apply RInt_le; [exact H | apply (ex_RInt_plus f M s t);
        auto | apply (ex_RInt_scal (fun x => Rabs (M x)) s t 2), A |].
      intros x X; assert (P : within 0 p_infty x) by (apply (within_between 0 p_infty s t); [assumption .. | lra]);
        specialize (D x P).
      assert (Z := Rle_abs (f x)); assert (Y := Rle_abs (M x)); lra.
    + assert (E : RInt (fun x => 2 * Rabs (M x)) s t = 2 * RInt (fun x => Rabs (M x)) s t)
        by (apply (RInt_scal (fun x => Rabs (M x)) s t 2), A).
      rewrite E; specialize (B s t S T H); lra.
  - exists (q + -1 * v); assert (E := base_add _ _ _ _ _ _ Q (base_mul _ _ (-1) _ _ BM)).
    apply (eq_ind _ (fun g => base 0 p_infty g _) E); apply ext'; intros x; ring.
Qed.

Lemma exp_second y : 0 <= exp y - 1 - y <= y * y * exp (Rabs y).
Proof.
  assert (A := exp_ineq1_le y); assert (B := exp_ineq1_le (- y)); assert (P := exp_pos y); split; [lra |].
  assert (Q : exp y * exp (- y) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  assert (U : exp y - 1 <= y * exp y) by nra.
  destruct (Rle_dec 0 y) as [Y | Y].
  - rewrite Rabs_pos_eq by exact Y; nra.
  - assert (1 <= exp (Rabs y)) by (rewrite <- exp_0 at 1; apply exp_le, Rabs_pos);
      assert (0 <= y * y) by apply Rle_0_sqr; nra.
Qed.

Lemma square_exp z : 0 <= z -> z * z <= 4 * exp z /\ z <= exp z.
Proof.
  intros Z; assert (A := exp_ineq1_le (z / 2)); assert (B := exp_ineq1_le z); split; [| lra].
  replace z with (z / 2 + z / 2) at 3 by field; rewrite exp_plus; nra.
Qed.

(* The integrands on both sides of a bound what is lost when exp is replaced by its tangent. *)
Definition both (a x : R) : R := gam (a + a / 2) x + gam (a + - (a / 2)) x.

Lemma gam_shift (a h x : R) : gam (a + h) x = gam a x * exp (h * ln x).
Proof.
  unfold gam, Rpower; replace ((a + h - 1) * ln x) with ((a - 1) * ln x + h * ln x) by ring; rewrite exp_plus; ring.
Qed.

Lemma gam_both (a x : R) : 0 < a -> gam a x * exp (a / 2 * Rabs (ln x)) <= both a x.
Proof.
  intros A; unfold both; rewrite !gam_shift; assert (P := gam_pos a x); assert (E1 := exp_pos (a / 2 * ln x));
    assert (E2 := exp_pos (- (a / 2) * ln x)).
  unfold Rabs; destruct (Rcase_abs (ln x)); [replace (a / 2 * - ln x) with (- (a / 2) * ln x) by ring |]; nra.
Qed.

Lemma log_bound (a x : R) : 0 < a -> Rabs (gam a x * ln x) <= 4 / a * both a x.
Proof.
  intros A; assert (P := gam_pos a x); assert (N := Rabs_pos (ln x));
    rewrite Rabs_mult, (Rabs_pos_eq (gam a x)) by exact P.
  assert (Z : 0 <= a / 2 * Rabs (ln x)) by (apply Rmult_le_pos; lra); destruct (square_exp _ Z) as [_ H].
  assert (Rabs (ln x) <= 4 / a * exp (a / 2 * Rabs (ln x))).
  { replace (Rabs (ln x)) with (2 / a * (a / 2 * Rabs (ln x))) at 1 by (field; lra).
    apply Rle_trans with (2 / a * exp (a / 2 * Rabs (ln x)));
      [apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra | exact H] |].
    apply Rmult_le_compat_r; [left; apply exp_pos |]; unfold Rdiv; apply Rmult_le_compat_r;
      [left; apply Rinv_0_lt_compat, A | lra]. }
  apply Rle_trans with (gam a x * (4 / a * exp (a / 2 * Rabs (ln x)))); [apply Rmult_le_compat_l; assumption |].
  replace (gam a x * (4 / a * exp (a / 2 * Rabs (ln x)))) with (4 / a * (gam a x * exp (a / 2 * Rabs (ln x))))
    by ring.
  apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra | apply gam_both, A].
Qed.

Lemma second_bound (a h x : R) : 0 < a -> Rabs h <= a / 4 ->
  0 <= gam (a + h) x - gam a x - h * (gam a x * ln x) <= h * h * (64 / (a * a)) * both a x.
Proof.
  intros A H; assert (P := gam_pos a x); assert (N := Rabs_pos (ln x)); destruct (exp_second (h * ln x)) as [U V];
    rewrite gam_shift.
  replace (gam a x * exp (h * ln x) - gam a x - h * (gam a x * ln x)) with (gam a x * (exp (h * ln x) - 1 - h * ln x))
    by ring.
  split; [apply Rmult_le_pos; assumption |].
  assert (Z : 0 <= a / 4 * Rabs (ln x)) by (apply Rmult_le_pos; lra); destruct (square_exp _ Z) as [Q _].
  assert (sq : ln x * ln x = Rabs (ln x) * Rabs (ln x)) by (rewrite <- Rabs_mult; symmetry;
    apply Rabs_pos_eq, Rle_0_sqr).
  assert (W : ln x * ln x <= 64 / (a * a) * exp (a / 4 * Rabs (ln x))).
  { rewrite sq; replace (Rabs (ln x) * Rabs (ln x)) with
      (16 / (a * a) * (a / 4 * Rabs (ln x) * (a / 4 * Rabs (ln x)))) by (field; lra).
    replace (64 / (a * a) * exp (a / 4 * Rabs (ln x))) with (16 / (a * a) * (4 * exp (a / 4 * Rabs (ln x))))
      by (field; lra).
    apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; nra | exact Q]. }
  assert (X : exp (Rabs (h * ln x)) <= exp (a / 4 * Rabs (ln x))) by (apply exp_le; rewrite Rabs_mult;
    apply Rmult_le_compat_r; assumption).
  assert (Y : h * ln x * (h * ln x) * exp (Rabs (h * ln x)) <= h * h * (64 / (a * a)) * exp (a / 2 * Rabs (ln x))).
  { replace (a / 2 * Rabs (ln x)) with (a / 4 * Rabs (ln x) + a / 4 * Rabs (ln x)) by field; rewrite exp_plus.
    replace (h * ln x * (h * ln x) * exp (Rabs (h * ln x))) with (h * h * (ln x * ln x * exp (Rabs (h * ln x))))
      by ring.
    replace (h * h * (64 / (a * a)) * (exp (a / 4 * Rabs (ln x)) * exp (a / 4 * Rabs (ln x)))) with
      (h * h * (64 / (a * a) * exp (a / 4 * Rabs (ln x)) * exp (a / 4 * Rabs (ln x)))) by ring.
    apply Rmult_le_compat_l; [apply Rle_0_sqr |]; apply Rmult_le_compat;
      [apply Rle_0_sqr | left; apply exp_pos | exact W | exact X]. }
  apply Rle_trans with (gam a x * (h * h * (64 / (a * a)) * exp (a / 2 * Rabs (ln x))));
    [apply Rmult_le_compat_l; lra |].
  replace (gam a x * (h * h * (64 / (a * a)) * exp (a / 2 * Rabs (ln x)))) with
    (h * h * (64 / (a * a)) * (gam a x * exp (a / 2 * Rabs (ln x)))) by ring.
  apply Rmult_le_compat_l; [| apply gam_both, A]; apply Rmult_le_pos; [apply Rle_0_sqr |];
    apply Rlt_le, Rdiv_lt_0_compat; nra.
Qed.

Theorem Gamma_derivable (a : R) :
  0 < a -> exists L, base 0 p_infty (fun x => gam a x * ln x) L /\ derivable_pt_lim Gamma a L.
Proof.
  intros A; assert (BS : base 0 p_infty (both a) (Gamma (a + a / 2) + Gamma (a + - (a / 2))))
    by (apply base_add; apply base_Gamma; lra).
  set (K := Gamma (a + a / 2) + Gamma (a + - (a / 2))) in *.
  destruct (base_dominated (fun x => gam a x * ln x) (fun x => 4 / a * both a x) (4 / a * K)) as [L BL].
  - intros x X; apply pos_of in X; apply (ex_derive_continuous (fun x => gam a x * ln x)); unfold gam, Rpower;
      auto_derive; repeat split; lra.
  - intros x X; apply pos_of in X; apply (continuous_scal_r (4 / a) (both a)), (continuous_plus (gam (a + a / 2)));
      apply gam_continuous, X.
  - intros x _; apply log_bound, A.
  - apply base_mul, BS.
  - exists L; split; [exact BL |]; intros eps E.
    assert (K0 : 0 <= K) by (apply (base_pos 0 p_infty I (both a));
      [intros x _; unfold both; assert (P := gam_pos (a + a / 2) x); assert (Q := gam_pos (a + - (a / 2)) x);
      lra | exact BS]).
    set (C := 64 / (a * a) * K + 1); assert (Cp : 0 < C) by (unfold C;
      assert (0 <= 64 / (a * a)) by (apply Rlt_le, Rdiv_lt_0_compat; nra); nra).
    assert (dp : 0 < Rmin (a / 4) (eps / C)) by (apply Rmin_glb_lt; [lra | apply Rdiv_lt_0_compat; assumption]).
    exists (mkposreal _ dp); intros h H0 H; simpl in H; assert (H1 := Rmin_l (a / 4) (eps / C));
      assert (H2 := Rmin_r (a / 4) (eps / C)).
    assert (Hp : - (a / 4) <= h <= a / 4) by (apply Rabs_le_between; lra).
    assert (BD : base 0 p_infty (fun x => gam (a + h) x + -1 * gam a x + - h * (gam a x * ln x))
      (Gamma (a + h) + -1 * Gamma a + - h * L)).
    { apply base_add; [apply base_add; [apply base_Gamma; lra | apply base_mul, base_Gamma, A] | apply base_mul, BL]. }
    assert (lo : 0 <= Gamma (a + h) + -1 * Gamma a + - h * L).
    { apply (base_pos 0 p_infty I _ _) with (2 := BD); intros x _; destruct (second_bound a h x A ltac:(lra)); lra. }
    assert (hi : Gamma (a + h) + -1 * Gamma a + - h * L <= h * h * (64 / (a * a)) * K).
    { apply (base_mono 0 p_infty I _ _ _ _) with (2 := BD) (3 := base_mul _ _ (h * h * (64 / (a * a))) _ _ BS);
        intros x _; destruct (second_bound a h x A ltac:(lra)); lra. }
    replace ((Gamma (a + h) - Gamma a) / h - L) with ((Gamma (a + h) + -1 * Gamma a + - h * L) / h)
      by (field; exact H0).
    unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq _ lo), Rabs_inv.
    assert (hp : 0 < Rabs h) by (apply Rabs_pos_lt, H0); apply (Rmult_lt_reg_r (Rabs h)); [exact hp |];
      rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    apply Rle_lt_trans with (1 := hi); replace (h * h) with (Rabs h * Rabs h)
      by (rewrite <- Rabs_mult; apply Rabs_pos_eq, Rle_0_sqr).
    assert (G : Rabs h * C < eps) by (apply (Rmult_lt_reg_r (/ C)); [apply Rinv_0_lt_compat, Cp |];
      rewrite Rmult_assoc, Rinv_r, Rmult_1_r by lra; unfold Rdiv in H2; lra).
    unfold C in G; nra.
Qed.

Lemma Gamma_pos a : 0 < a -> 0 < Gamma a.
Proof.
  intros A; assert (B := base_Gamma a A); destruct (Rle_lt_or_eq_dec 0 (Gamma a)) as [H | H];
    [apply (base_pos 0 p_infty I (gam a)); [intros; apply gam_pos | exact B] | exact H |].
  exfalso; assert (Z : gam a 1 = 0);
    [| assert (0 < gam a 1) by (unfold gam, Rpower; apply Rmult_lt_0_compat; apply exp_pos); lra].
  rewrite <- H in B; apply (base_zero 0 p_infty (gam a) 1 I);
    [intros x X; apply gam_continuous, pos_of, X | intros; apply gam_pos | exact B | split; simpl; [lra | exact I]].
Qed.

(* The row digamma_deriv. *)
Lemma digamma_deriv' (a : R) :
  (0 < a) -> (deriv (fun x : R => (Gamma x)) a ((Gamma a) * (digamma a))).
Proof.
  intros A; destruct (Gamma_derivable a A) as (L & _ & D); assert (P := Gamma_pos a A); unfold digamma.
  apply is_derive_Reals in D; rewrite (is_derive_unique _ _ _ D).
  replace (Gamma a * (L / Gamma a)) with L by (field; lra); apply is_derive_Reals, D.
Qed.

(* ---- Gamma(1/2), from the integral of exp (- x * x), without double integrals --------------------------------- *)

(* area t is the integral of exp (- x * x) up to t; the square of it and slices t add up to pi / 4. *)
Definition bell (x : R) : R := exp (- (x * x)).

Definition area (t : R) : R := RInt bell 0 t.

Definition slice (t x : R) : R := exp (- (t * t * (1 + x * x))) / (1 + x * x).

Definition slope (t x : R) : R := -2 * t * exp (- (t * t * (1 + x * x))).

Definition slices (t : R) : R := RInt (slice t) 0 1.

Lemma bell_cont x : continuous bell x.
Proof. apply (ex_derive_continuous bell); unfold bell; auto_derive; exact I. Qed.

Lemma area_derive t : is_derive area t (bell t).
Proof.
  apply (is_derive_RInt bell area 0 t); [| apply bell_cont].
  exists (mkposreal 1 Rlt_0_1); intros y _; apply (RInt_correct bell),
    (ex_RInt_continuous (V := R_CompleteNormedModule) bell); intros; apply bell_cont.
Qed.

Lemma sq1 x : 0 < 1 + x * x.
Proof. assert (0 <= x * x) by apply Rle_0_sqr; lra. Qed.

Lemma slice_derive t x : is_derive (fun t => slice t x) t (slope t x).
Proof. assert (H := sq1 x); unfold slice, slope; auto_derive; [lra |]; field; lra. Qed.

Lemma slice_cont t x : continuous (slice t) x.
Proof. apply (ex_derive_continuous (slice t)); assert (H := sq1 x); unfold slice; auto_derive; lra. Qed.

Lemma slice_int t : ex_RInt (slice t) 0 1.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule) (slice t)); intros; apply slice_cont. Qed.

Lemma slope_2d t x : continuity_2d_pt slope t x.
Proof.
  unfold slope; apply continuity_2d_pt_mult.
  - apply continuity_2d_pt_mult; [apply continuity_2d_pt_const | apply continuity_2d_pt_id1].
  - apply (continuity_1d_2d_pt_comp exp (fun t x => - (t * t * (1 + x * x)))).
    + apply derivable_continuous_pt, derivable_pt_exp.
    + apply continuity_2d_pt_opp, continuity_2d_pt_mult; [apply continuity_2d_pt_mult; apply continuity_2d_pt_id1 |].
      apply continuity_2d_pt_plus; [apply continuity_2d_pt_const | apply continuity_2d_pt_mult;
        apply continuity_2d_pt_id2].
Qed.

Lemma slope_int t : is_RInt (slope t) 0 1 (-2 * bell t * area t).
Proof.
  assert (H : is_RInt bell (t * 0 + 0) (t * 1 + 0) (area t)).
  { replace (t * 0 + 0) with 0 by ring; replace (t * 1 + 0) with t by ring.
    apply (RInt_correct bell), (ex_RInt_continuous (V := R_CompleteNormedModule) bell); intros; apply bell_cont. }
  apply (is_RInt_comp_lin bell t 0 0 1), (is_RInt_scal _ _ _ (-2 * bell t)) in H.
  apply (is_RInt_ext (fun y => scal (-2 * bell t) (scal t (bell (t * y + 0))))); [| exact H].
  intros y _; unfold scal; simpl; unfold mult; simpl; unfold bell, slope.
  replace (- (t * t * (1 + y * y))) with (- (t * t) + - ((t * y + 0) * (t * y + 0))) by ring; rewrite exp_plus; ring.
Qed.

Lemma slices_derive t : is_derive slices t (-2 * bell t * area t).
Proof.
  assert (D := is_derive_RInt_param slice 0 1 t).
  replace (-2 * bell t * area t) with (RInt (fun x => Derive (fun t => slice t x) t) 0 1).
  - apply D.
    + exists (mkposreal 1 Rlt_0_1); intros y _ x _; exists (slope y x); apply slice_derive.
    + intros x _; apply (continuity_2d_pt_ext slope); [| apply slope_2d].
      intros y z; symmetry; apply is_derive_unique, slice_derive.
    + exists (mkposreal 1 Rlt_0_1); intros y _; apply slice_int.
  - apply is_RInt_unique; apply (is_RInt_ext (slope t)); [| apply slope_int].
    intros x _; symmetry; apply is_derive_unique, slice_derive.
Qed.

Lemma slices_zero : slices 0 = PI / 4.
Proof.
  unfold slices; rewrite <- atan_1; replace (atan 1) with (minus (atan 1) (atan 0))
    by (rewrite atan_0; unfold minus, plus, opp; simpl; ring).
  apply is_RInt_unique, (is_RInt_ext (fun x => / (1 + x * x))).
  - intros x _; unfold slice; replace (- (0 * 0 * (1 + x * x))) with 0 by ring; rewrite exp_0; symmetry;
      apply Rmult_1_l.
  - apply (is_RInt_derive atan (fun x => / (1 + x * x))).
    + intros x _; apply is_derive_Reals; replace (/ (1 + x * x)) with (/ (1 + x ^ 2)) by (f_equal; ring).
      apply derivable_pt_lim_atan.
    + intros x _; apply (ex_derive_continuous (fun x => / (1 + x * x))); assert (K := sq1 x); auto_derive; lra.
Qed.

Lemma constant t : 0 < t -> area t * area t + slices t = PI / 4.
Proof.
  intros T; assert (H : area 0 * area 0 + slices 0 = area t * area t + slices t).
  { apply (eq_is_derive (fun t => area t * area t + slices t) 0 t); [| exact T]; intros s _.
    evar_last; [apply (is_derive_plus (fun t => area t * area t) slices);
      [apply (is_derive_mult area area); [apply area_derive | apply area_derive | apply Rmult_comm] |
      apply slices_derive] |].
    unfold plus, mult, zero; simpl; ring. }
  rewrite <- H, slices_zero; unfold area; rewrite RInt_point; unfold zero; simpl; ring.
Qed.

Lemma slices_small t : 0 <= slices t <= bell t.
Proof.
  assert (P : forall x, 0 <= slice t x <= bell t).
  { intros x; assert (H := sq1 x); unfold slice, bell; split;
      [left; apply Rdiv_lt_0_compat; [apply exp_pos | exact H] |].
    apply (Rmult_le_reg_r (1 + x * x)); [exact H |]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    apply Rle_trans with (exp (- (t * t)) * 1).
    - rewrite Rmult_1_r; apply exp_le; assert (0 <= t * t) by apply Rle_0_sqr; assert (0 <= x * x) by apply Rle_0_sqr;
        nra.
    - apply Rmult_le_compat_l; [left; apply exp_pos | assert (0 <= x * x) by apply Rle_0_sqr; lra]. }
  split; [apply RInt_ge_0; [lra | apply slice_int | intros x _; apply P] |].
  apply Rle_trans with (RInt (fun _ => bell t) 0 1).
  - apply RInt_le; [lra | apply slice_int | apply ex_RInt_const | intros x _; apply P].
  - rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; lra.
Qed.

Lemma area_pos t : 0 <= t -> 0 <= area t.
Proof.
  intros T; apply RInt_ge_0; [exact T | | intros x _; left; apply exp_pos].
  apply (ex_RInt_continuous (V := R_CompleteNormedModule) bell); intros; apply bell_cont.
Qed.

Lemma half_derive x : 0 < x -> is_derive (fun x => 2 * area (sqrt x)) x (gam (1/2) x).
Proof.
  intros X; assert (S := sqrt_lt_R0 x X).
  evar_last; [apply (is_derive_scal (fun x => area (sqrt x))), (is_derive_comp area sqrt);
    [apply area_derive | apply is_derive_sqrt; [exact X] || (apply is_derive_Reals, derivable_pt_lim_sqrt, X)] |].
  unfold scal; simpl; unfold mult; simpl; unfold bell, gam; rewrite sqrt_sqrt by lra.
  replace (1 / 2 - 1) with (- / 2) by lra; rewrite Rpower_Ropp, Rpower_sqrt by exact X; field; lra.
Qed.

Lemma half_RInt s t : 0 < s -> 0 < t -> is_RInt (gam (1/2)) s t (2 * area (sqrt t) - 2 * area (sqrt s)).
Proof.
  intros S T; apply (is_RInt_derive (fun x => 2 * area (sqrt x)) (gam (1/2))); intros x X;
    (assert (0 < x) by (unfold Rmin in X; destruct (Rle_dec s t); lra)); [apply half_derive | apply gam_continuous];
      assumption.
Qed.

Lemma area_lim : is_lim_seq (fun n => area (INR n + 1)) (sqrt PI / 2).
Proof.
  assert (L : is_lim_seq (fun n => sqrt (PI / 4 - slices (INR n + 1))) (sqrt (PI / 4))).
  { apply (is_lim_seq_continuous sqrt); [apply continuity_pt_sqrt; assert (P := PI_RGT_0); lra |].
    replace (PI / 4) with (PI / 4 - 0) at 1 by ring; apply is_lim_seq_minus'; [apply is_lim_seq_const |].
    apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => / (INR n + 1))).
    - intros n; destruct (slices_small (INR n + 1)) as [P Q]; split; [exact P |]; apply Rle_trans with (1 := Q);
        unfold bell.
      assert (N := pos_INR n); assert (H : 1 + (INR n + 1) <= exp ((INR n + 1) * (INR n + 1)))
        by (apply Rle_trans with (2 := exp_ineq1_le _); nra).
      rewrite exp_Ropp; apply Rinv_le_contravar; lra.
    - apply is_lim_seq_const.
    - apply (is_lim_seq_ext (fun n => / INR (S n))); [intros n; rewrite S_INR; reflexivity |].
      apply (is_lim_seq_incr_1 (fun n => / INR n)), (is_lim_seq_inv INR p_infty is_lim_seq_INR); discriminate. }
  replace (sqrt PI / 2) with (sqrt (PI / 4)).
  - apply (is_lim_seq_ext (fun n => sqrt (PI / 4 - slices (INR n + 1)))); [| exact L]; intros n.
    assert (N := pos_INR n); assert (C := constant (INR n + 1) ltac:(lra));
      replace (PI / 4 - slices (INR n + 1)) with (area (INR n + 1) * area (INR n + 1)) by lra.
    apply sqrt_square, area_pos; lra.
  - unfold Rdiv; rewrite sqrt_mult_alt by (left; apply PI_RGT_0); f_equal; replace (/ 4) with (/ 2 * / 2) by field;
      apply sqrt_square; lra.
Qed.

Lemma Gamma_half : Gamma (1 / 2) = sqrt PI.
Proof.
  destruct (gamma_converges (1/2) ltac:(lra)) as [v V]; assert (G : Gamma (1/2) = v)
    by (unfold Gamma; apply (is_RInt_gen_unique (gam (1/2))), (proj1 (proj2 V))).
  rewrite G; destruct V as (_ & I' & _).
  (* along s = 1/(n+1)^2, t = (n+1)^2 *)
  assert (L1 : is_lim_seq (fun n => 2 * area (INR n + 1) - 2 * area (/ (INR n + 1))) v).
  { intros P HP; specialize (I' P HP); unfold filtermapi in I'; destruct I' as [Q1 Q2 F1 F2 H].
    unfold from, upto in *; destruct F1 as [e F1], F2 as [M F2].
    destruct (nfloor_ex (Rmax (/ e) (Rmax M 0))) as [N [_ HN]];
      [apply Rle_trans with (2 := Rmax_r _ _); apply Rmax_r |].
    exists N; intros n K; apply le_INR in K; assert (pe := cond_pos e).
    assert (m1 := Rmax_l (/ e) (Rmax M 0)); assert (m2 := Rmax_r (/ e) (Rmax M 0)); assert (m3 := Rmax_l M 0);
      assert (m4 := Rmax_r M 0).
    set (y := INR n + 1); assert (Y : 1 <= y) by (unfold y; pose proof (pos_INR n); lra).
    assert (Ye : / e < y) by (unfold y; lra); assert (YM : M < y) by (unfold y; lra).
    assert (iy : / y < e) by (rewrite <- (Rinv_involutive e) by lra; apply Rinv_lt_contravar;
      [apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat |] |]; lra).
    assert (iy0 : 0 < / y <= 1) by (split; [apply Rinv_0_lt_compat; lra | rewrite <- Rinv_1; apply Rinv_le_contravar;
      lra]).
    destruct (H (/ y * / y) (y * y)) as (z & Z & W).
    - apply F1; [| nra]; unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; apply Rabs_def1; nra.
    - apply F2; nra.
    - simpl in Z; assert (U := is_RInt_unique _ _ _ _ (half_RInt (/ y * / y) (y * y) ltac:(nra) ltac:(nra))).
      rewrite (is_RInt_unique _ _ _ _ Z) in U; rewrite !sqrt_square in U by lra; rewrite <- U; exact W. }
  assert (L2 : is_lim_seq (fun n => 2 * area (INR n + 1) - 2 * area (/ (INR n + 1)))
    (2 * (sqrt PI / 2) - 2 * area 0)).
  { apply is_lim_seq_minus'; [apply (is_lim_seq_scal_l _ 2 (sqrt PI / 2)), area_lim |].
    apply (is_lim_seq_scal_l _ 2 (area 0)), (is_lim_seq_continuous area).
    - apply continuity_pt_filterlim, (ex_derive_continuous area); exists (bell 0); apply area_derive.
    - apply (is_lim_seq_ext (fun n => / INR (S n))); [intros n; rewrite S_INR; reflexivity |].
      apply (is_lim_seq_incr_1 (fun n => / INR n)), (is_lim_seq_inv INR p_infty is_lim_seq_INR); discriminate. }
  apply is_lim_seq_unique in L1; rewrite (is_lim_seq_unique _ _ L2) in L1; injection L1; intros <-.
  unfold area; rewrite RInt_point; unfold zero; simpl; field.
Qed.

(* The row gamma_half. *)
Lemma gamma_half' : (((Gamma (ratio 1 2)) * (Gamma (ratio 1 2))) = PI).
Proof.
  unfold ratio; change (IZR 1 / IZR 2) with (1 / 2); rewrite Gamma_half; apply sqrt_sqrt; left; apply PI_RGT_0.
Qed.

(* ---- Gamma(a + 1) = a Gamma(a), Gamma(n + 1) = n! ------------------------------------------------------------- *)

(* Sequences to the ends of (0, oo). *)
Definition low (n : nat) : R := exp (- INR n).

Lemma from_low : filterlim low eventually (from 0).
Proof.
  intros P [e FP]; destruct (nfloor_ex (/ e)) as [N [_ HN]]; [apply Rlt_le, Rinv_0_lt_compat, cond_pos |].
  exists (S N); intros n K; apply le_INR in K; rewrite S_INR in K; apply FP; [| apply exp_pos].
  assert (E := cond_pos e); assert (X := exp_pos (- INR n)); unfold ball; simpl;
    unfold AbsRing_ball, abs, minus, plus, opp, low; simpl.
  rewrite Ropp_0, Rplus_0_r, Rabs_pos_eq by lra; rewrite exp_Ropp; assert (Z := exp_ineq1_le (INR n)).
  rewrite <- (Rinv_inv e); apply Rinv_lt_contravar; [apply Rmult_lt_0_compat;
    [apply Rinv_0_lt_compat, E | apply exp_pos] | lra].
Qed.

Lemma upto_nat : filterlim (fun n => INR n + 1) eventually (upto p_infty).
Proof.
  intros P [k FP]; destruct (nfloor_ex (Rmax k 0)) as [N [_ HN]]; [apply Rmax_r |].
  exists N; intros n K; apply le_INR in K; apply FP; assert (L := Rmax_l k 0); lra.
Qed.

Lemma gam_succ_derive a x : 0 < x -> is_derive (fun x => Rpower x a * exp (- x)) x (a * gam a x - gam (a + 1) x).
Proof.
  intros X; unfold gam, Rpower; auto_derive; [lra |].
  replace ((a + 1 - 1) * ln x) with (a * ln x) by ring; replace ((a - 1) * ln x) with (a * ln x + - ln x) by ring.
  rewrite exp_plus, (exp_Ropp (ln x)), exp_ln by exact X; field; lra.
Qed.

Theorem Gamma_succ a : 0 < a -> Gamma (a + 1) = a * Gamma a.
Proof.
  intros A; set (D := fun x => a * gam a x + -1 * gam (a + 1) x).
  assert (B : base 0 p_infty D (a * Gamma a + -1 * Gamma (a + 1))) by (apply base_add; apply base_mul, base_Gamma;
    lra).
  assert (L1 : is_lim_seq (fun n => gam (a + 1) (INR n + 1) - gam (a + 1) (low n))
    (a * Gamma a + -1 * Gamma (a + 1))).
  { destruct B as (_ & I' & _); intros P HP; specialize (I' P HP); unfold filtermapi in I';
      destruct I' as [Q1 Q2 F1 F2 H].
    destruct (from_low _ F1) as [N1 H1], (upto_nat _ F2) as [N2 H2]; exists (N1 + N2)%nat; intros n K.
    destruct (H (low n) (INR n + 1) (H1 n ltac:(lia)) (H2 n ltac:(lia))) as (z & Z & W); simpl in Z.
    assert (X : 0 < low n) by apply exp_pos; assert (Y : 0 < INR n + 1) by (pose proof (pos_INR n); lra).
    assert (E : is_RInt D (low n) (INR n + 1) (gam (a + 1) (INR n + 1) - gam (a + 1) (low n))).
    { apply (is_RInt_derive (gam (a + 1)) D); intros t T; assert (T0 : 0 < t)
        by (unfold Rmin in T; destruct (Rle_dec (low n) (INR n + 1)); lra).
      - evar_last; [apply (is_derive_ext (fun x => Rpower x a * exp (- x)));
          [intros y; unfold gam; f_equal; f_equal; ring | apply gam_succ_derive, T0] | unfold D; ring].
      - apply (continuous_plus (fun x => a * gam a x));
          [apply (continuous_scal_r a (gam a)) | apply (continuous_scal_r (-1) (gam (a + 1)))];
          apply gam_continuous, T0. }
    rewrite <- (is_RInt_unique _ _ _ _ E), (is_RInt_unique _ _ _ _ Z); exact W. }
  assert (L2 : is_lim_seq (fun n => gam (a + 1) (INR n + 1) - gam (a + 1) (low n)) (0 - 0)).
  { apply is_lim_seq_minus'.
    - apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => top (a + 1) * / (INR n + 1))); [| apply is_lim_seq_const |].
      + intros n; split; [apply gam_pos |]; assert (N := pos_INR n);
          apply Rle_trans with (1 := gam_le (a + 1) (INR n + 1) ltac:(lra) ltac:(lra)); unfold maj.
        apply Rmult_le_compat_l; [left; apply exp_pos |]; replace (/ (INR n + 1)) with (exp (- ln (INR n + 1)))
          by (rewrite exp_Ropp, exp_ln by lra; reflexivity); apply exp_le.
        assert (0 <= ln (INR n + 1)) by (rewrite <- ln_1; destruct (Req_dec (INR n) 0) as [-> | Z];
          [rewrite Rplus_0_l; lra | left; apply ln_increasing; lra]).
        assert (ln (INR n + 1) < ln (1 + (INR n + 1))) by (apply ln_increasing; lra); nra.
      + replace 0 with (top (a + 1) * 0) by ring; apply (is_lim_seq_scal_l _ _ 0), inv1.
    - apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => (1 + / a) * / (INR n + 1))); [| apply is_lim_seq_const |].
      + intros n; split; [apply gam_pos |]; assert (N := pos_INR n); assert (X : 0 < low n) by apply exp_pos;
          unfold gam, Rpower, low; rewrite ln_exp, <- exp_plus.
        assert (Ia : 0 < / a) by (apply Rinv_0_lt_compat, A).
        apply Rle_trans with (exp (- (a * INR n))); [apply exp_le; unfold low in X; lra |].
        rewrite exp_Ropp; assert (Z := exp_ineq1_le (a * INR n));
          assert (Y : 0 <= a * INR n) by (apply Rmult_le_pos; lra).
        apply (Rmult_le_reg_r (INR n + 1)); [lra |]; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
        apply (Rmult_le_reg_l (exp (a * INR n))); [apply exp_pos |];
          rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by (apply Rgt_not_eq, exp_pos).
        apply Rle_trans with ((1 + a * INR n) * (1 + / a)); [| apply Rmult_le_compat_r; lra].
        replace ((1 + a * INR n) * (1 + / a)) with (1 + INR n + / a + a * INR n) by (field; lra); lra.
      + replace 0 with ((1 + / a) * 0) by ring; apply (is_lim_seq_scal_l _ _ 0), inv1. }
  apply is_lim_seq_unique in L1; rewrite (is_lim_seq_unique _ _ L2) in L1; injection L1; intros H; lra.
Qed.

Lemma Gamma_one : Gamma 1 = 1.
Proof.
  assert (B := base_Gamma 1 Rlt_0_1); destruct B as (_ & I' & _).
  assert (L1 : is_lim_seq (fun n => - exp (- (INR n + 1)) - - exp (- low n)) (Gamma 1)).
  { intros P HP; specialize (I' P HP); unfold filtermapi in I'; destruct I' as [Q1 Q2 F1 F2 H].
    destruct (from_low _ F1) as [N1 H1], (upto_nat _ F2) as [N2 H2]; exists (N1 + N2)%nat; intros n K.
    destruct (H (low n) (INR n + 1) (H1 n ltac:(lia)) (H2 n ltac:(lia))) as (z & Z & W); simpl in Z.
    assert (E : is_RInt (gam 1) (low n) (INR n + 1) (- exp (- (INR n + 1)) - - exp (- low n))).
    { assert (X : 0 < low n) by apply exp_pos; assert (Y := pos_INR n);
        apply (is_RInt_derive (fun x => - exp (- x)) (gam 1)); intros t T;
        assert (T0 : 0 < t) by (unfold Rmin in T; destruct (Rle_dec (low n) (INR n + 1)); lra).
      - unfold gam; replace (1 - 1) with 0 by ring; rewrite Rpower_O by exact T0; auto_derive; [exact I | ring].
      - apply gam_continuous, T0. }
    rewrite <- (is_RInt_unique _ _ _ _ E), (is_RInt_unique _ _ _ _ Z); exact W. }
  assert (L2 : is_lim_seq (fun n => - exp (- (INR n + 1)) - - exp (- low n)) (- 0 - - exp (- 0))).
  { apply is_lim_seq_minus'.
    - apply (is_lim_seq_opp (fun n => exp (- (INR n + 1))) 0),
        (is_lim_seq_le_le (fun _ => 0) _ (fun n => / (INR n + 1))); [| apply is_lim_seq_const | apply inv1].
      intros n; split; [left; apply exp_pos |]; rewrite exp_Ropp; assert (N := pos_INR n);
        assert (Z := exp_ineq1_le (INR n + 1)); apply Rinv_le_contravar; lra.
    - apply (is_lim_seq_opp (fun n => exp (- low n)) (exp (- 0))), (is_lim_seq_continuous (fun x => exp (- x)));
        [apply continuity_pt_filterlim, (ex_derive_continuous (fun x => exp (- x))); auto_derive; exact I |].
      apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => / (INR n + 1))); [| apply is_lim_seq_const | apply inv1].
      intros n; split; [left; apply exp_pos |]; unfold low; rewrite exp_Ropp; assert (N := pos_INR n);
        assert (Z := exp_ineq1_le (INR n)); apply Rinv_le_contravar; lra. }
  apply is_lim_seq_unique in L1; rewrite (is_lim_seq_unique _ _ L2) in L1; injection L1; intros <-;
    rewrite Ropp_0, exp_0; ring.
Qed.

Lemma Gamma_fact n : Gamma (INR n + 1) = INR (fact n).
Proof.
  induction n as [| n IH]; [simpl; rewrite Rplus_0_l; apply Gamma_one |].
  rewrite S_INR, Gamma_succ by (pose proof (pos_INR n); lra); rewrite IH, fact_simpl, mult_INR, S_INR; reflexivity.
Qed.

(* ---- Euler's Beta integral, without double integrals ---------------------------------------------------------- *)

Lemma lt01 : Rbar_lt 0 1. Proof. simpl; lra. Qed.

(* The integrand, and an antiderivative of a majorant. *)
Definition bet (a b x : R) : R := Rpower x (a - 1) * Rpower (1 - x) (b - 1).

Lemma bet_pos a b x : 0 <= bet a b x.
Proof. unfold bet, Rpower; left; apply Rmult_lt_0_compat; apply exp_pos. Qed.

Lemma bet_cont a b x : 0 < x < 1 -> continuous (bet a b) x.
Proof. intros X; apply (ex_derive_continuous (bet a b)); unfold bet, Rpower; auto_derive; repeat split; lra. Qed.

Lemma pow_split y c : 0 < y -> Rpower y c = y * Rpower y (c - 1).
Proof. intros Y; rewrite <- (Rpower_1 y) at 2 by exact Y; rewrite <- Rpower_plus; f_equal; ring. Qed.

Lemma pow_le1 y c : 0 < y < 1 -> 0 < c -> Rpower y c <= 1.
Proof.
  intros Y C; unfold Rpower; rewrite <- exp_0; apply exp_le; assert (ln y < 0)
  by (rewrite <- ln_1; apply ln_increasing; lra); nra.
Qed.

Lemma bet_le a b x : 0 < a -> 0 < b -> 0 < x < 1 -> bet a b x <= Rpower x (a - 1) + Rpower (1 - x) (b - 1).
Proof.
  intros A B X; unfold bet; assert (P := exp_pos ((a - 1) * ln x)); assert (Q := exp_pos ((b - 1) * ln (1 - x)));
    fold (Rpower x (a - 1)) in P; fold (Rpower (1 - x) (b - 1)) in Q.
  assert (U := pow_le1 x a X A); assert (V := pow_le1 (1 - x) b ltac:(lra) B); rewrite pow_split in U by lra;
    rewrite pow_split in V by lra; nra.
Qed.

Definition bprim (a b x : R) : R := Rpower x a / a - Rpower (1 - x) b / b.

Lemma bprim_derive a b x : 0 < a -> 0 < b -> 0 < x < 1 ->
  is_derive (bprim a b) x (Rpower x (a - 1) + Rpower (1 - x) (b - 1)).
Proof.
  intros A B X; unfold bprim; evar_last; [unfold Rpower; auto_derive; [repeat split; lra | reflexivity] |].
  assert (U := pow_split x a ltac:(lra)); assert (V := pow_split (1 - x) b ltac:(lra)); unfold Rpower in *;
    replace (1 + - x) with (1 - x) by ring; rewrite U, V; field; lra.
Qed.

Lemma in01 x : within 0 1 x -> 0 < x < 1. Proof. intros [U V]; simpl in *; lra. Qed.

Theorem beta_converges a b : 0 < a -> 0 < b -> exists v, base 0 1 (bet a b) v.
Proof.
  intros A B; apply (base_of_bound 0 1 (bet a b) (/ a + / b) lt01).
  - intros s t S T; apply (ex_RInt_continuous (V := R_CompleteNormedModule) (bet a b)); intros z Z; apply bet_cont.
    apply in01 in S; apply in01 in T; unfold Rmin, Rmax in Z; destruct (Rle_dec s t); lra.
  - intros x _; apply bet_pos.
  - intros s t S T H; apply in01 in S; apply in01 in T.
    assert (M : is_RInt (fun x => Rpower x (a - 1) + Rpower (1 - x) (b - 1)) s t (bprim a b t - bprim a b s)).
    { apply (is_RInt_derive (bprim a b)); intros z Z; rewrite Rmin_left, Rmax_right in Z by lra;
        [apply bprim_derive; lra |].
      apply (ex_derive_continuous (fun x => Rpower x (a - 1) + Rpower (1 - x) (b - 1))); unfold Rpower; auto_derive;
        repeat split; lra. }
    apply Rle_trans with (RInt (fun x => Rpower x (a - 1) + Rpower (1 - x) (b - 1)) s t).
    + apply RInt_le; [exact H | | eexists; exact M | intros z Z; apply bet_le; lra].
      apply (ex_RInt_continuous (V := R_CompleteNormedModule) (bet a b)); intros z Z; apply bet_cont;
        rewrite Rmin_left, Rmax_right in Z by lra; lra.
    + rewrite (is_RInt_unique _ _ _ _ M); unfold bprim; assert (U1 := pow_le1 t a T A);
        assert (U2 := pow_le1 (1 - s) b ltac:(lra) B).
      assert (U3 := exp_pos (a * ln s)); assert (U4 := exp_pos (b * ln (1 - t))); fold (Rpower s a) in U3;
        fold (Rpower (1 - t) b) in U4.
      assert (Ia := Rinv_0_lt_compat a A); assert (Ib := Rinv_0_lt_compat b B); unfold Rdiv; nra.
Qed.

Definition Beta (a b : R) : R := RInt_gen (bet a b) (at_right 0) (at_left 1).

Lemma base_Beta a b : 0 < a -> 0 < b -> base 0 1 (bet a b) (Beta a b).
Proof.
  intros A B; destruct (beta_converges a b A B) as [v V]; replace (Beta a b) with v; [exact V |]; symmetry;
    unfold Beta; apply (is_RInt_gen_unique (bet a b)), (proj1 (proj2 V)).
Qed.

Definition lo (n : nat) : R := exp (- (INR n + 1)).

Lemma lo_01 n : 0 < lo n < 1.
Proof.
  unfold lo; split; [apply exp_pos |]; apply Rlt_le_trans with (exp 0);
  [apply exp_increasing; pose proof (pos_INR n); lra | rewrite exp_0; lra].
Qed.

Lemma lo_le n : lo n <= / (INR n + 1).
Proof.
  unfold lo; rewrite exp_Ropp; assert (N := pos_INR n); assert (Z := exp_ineq1_le (INR n + 1)); apply Rinv_le_contravar;
  lra.
Qed.

Lemma lo_pow a : 0 < a -> is_lim_seq (fun n => Rpower (lo n) a) 0.
Proof.
  intros A; apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => / a * / (INR n + 1)));
    [| apply is_lim_seq_const | replace 0 with (/ a * 0) by ring; apply (is_lim_seq_scal_l _ _ 0), inv1].
  intros n; assert (N := pos_INR n); split; [left; apply exp_pos |]; unfold Rpower, lo; rewrite ln_exp, <- Rinv_mult;
    replace (a * - (INR n + 1)) with (- (a * (INR n + 1))) by ring.
  rewrite exp_Ropp; assert (Z := exp_ineq1_le (a * (INR n + 1))); apply Rinv_le_contravar;
    [apply Rmult_lt_0_compat |]; lra.
Qed.

Lemma lo_small (e : posreal) : eventually (fun n => lo n < e).
Proof.
  assert (L := inv1); apply is_lim_seq_spec in L; destruct (L e) as [N HN]; exists N; intros n K; specialize (HN n K);
    simpl in HN.
  rewrite Rminus_0_r in HN; apply Rabs_def2 in HN; assert (Z := lo_le n); lra.
Qed.

Lemma lo_lim : is_lim_seq lo 0.
Proof.
  apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => / (INR n + 1))); [| apply is_lim_seq_const | apply inv1]; intros n;
  split; [left; apply lo_01 | apply lo_le].
Qed.

Lemma from_lo : filterlim lo eventually (from 0).
Proof.
  intros P [e FP]; destruct (lo_small e) as [N HN]; exists N; intros n K; destruct (lo_01 n) as [X Y]; apply FP;
    [| exact X].
  unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; specialize (HN n K); apply Rabs_def1; lra.
Qed.

Lemma upto_hi : filterlim (fun n => 1 - lo n) eventually (upto 1).
Proof.
  intros P [e FP]; destruct (lo_small e) as [N HN]; exists N; intros n K; destruct (lo_01 n) as [X Y]; apply FP;
    [| simpl; lra].
  unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; specialize (HN n K); apply Rabs_def1; lra.
Qed.

Lemma in_seg n t : Rmin (lo n) (1 - lo n) <= t <= Rmax (lo n) (1 - lo n) -> 0 < t < 1.
Proof. destruct (lo_01 n); unfold Rmin, Rmax; destruct (Rle_dec (lo n) (1 - lo n)); lra. Qed.

Theorem Beta_succ a b : 0 < a -> 0 < b -> (a + b) * Beta a (b + 1) = b * Beta a b.
Proof.
  intros A B; set (D := fun x => (a + b) * bet a (b + 1) x + - b * bet a b x);
    set (G := fun x => Rpower x a * Rpower (1 - x) b).
  assert (BD : base 0 1 D ((a + b) * Beta a (b + 1) + - b * Beta a b))
    by (apply base_add; apply base_mul, base_Beta; lra).
  assert (L1 := base_along _ _ _ _ _ _ BD from_lo upto_hi).
  assert (L2 : is_lim_seq (fun n => G (1 - lo n) - G (lo n)) (0 - 0)).
  { apply is_lim_seq_minus'; [apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => Rpower (lo n) b)) |
      apply (is_lim_seq_le_le (fun _ => 0) _ (fun n => Rpower (lo n) a))];
      try apply is_lim_seq_const; try (apply lo_pow; assumption); intros n; destruct (lo_01 n) as [X Y]; unfold G;
        replace (1 - (1 - lo n)) with (lo n) by ring;
      (split; [left; apply Rmult_lt_0_compat; apply exp_pos |]).
    - assert (U := pow_le1 (1 - lo n) a ltac:(lra) A); assert (V := exp_pos (b * ln (lo n)));
        fold (Rpower (lo n) b) in V; nra.
    - assert (U := pow_le1 (1 - lo n) b ltac:(lra) B); assert (V := exp_pos (a * ln (lo n)));
        fold (Rpower (lo n) a) in V; nra. }
  apply (is_lim_seq_ext _ (fun n => G (1 - lo n) - G (lo n))) in L1.
  - apply is_lim_seq_unique in L1; rewrite (is_lim_seq_unique _ _ L2) in L1; injection L1; intros H; lra.
  - intros n; apply is_RInt_unique, (is_RInt_derive G D); intros t T; apply in_seg in T.
    + unfold G, D, bet; replace (b + 1 - 1) with b by ring; evar_last;
        [unfold Rpower; auto_derive; [repeat split; lra | reflexivity] |].
      assert (U := pow_split t a ltac:(lra)); assert (V := pow_split (1 - t) b ltac:(lra)); unfold Rpower in *;
        replace (1 + - t) with (1 - t) by ring; rewrite U, V; field; lra.
    + apply (continuous_plus (fun x => (a + b) * bet a (b + 1) x));
        [apply (continuous_scal_r (a + b) (bet a (b + 1))) | apply (continuous_scal_r (- b) (bet a b))];
        apply bet_cont, T.
Qed.

Lemma Beta_one a : 0 < a -> Beta a 1 = / a.
Proof.
  intros A; assert (L1 := base_along _ _ _ _ _ _ (base_Beta a 1 A Rlt_0_1) from_lo upto_hi).
  apply (is_lim_seq_ext _ (fun n => Rpower (1 - lo n) a / a - Rpower (lo n) a / a)) in L1.
  - assert (L2 : is_lim_seq (fun n => Rpower (1 - lo n) a / a - Rpower (lo n) a / a) (1 / a - 0 / a)).
    { assert (L3 : is_lim_seq (fun n => Rpower (1 - lo n) a) (Rpower (1 - 0) a)).
      { apply (is_lim_seq_continuous (fun x => Rpower x a) (fun n => 1 - lo n) (1 - 0)).
        - apply continuity_pt_filterlim, (ex_derive_continuous (fun x => Rpower x a)); unfold Rpower; auto_derive;
            lra.
        - apply is_lim_seq_minus'; [apply is_lim_seq_const | apply lo_lim]. }
      replace (Rpower (1 - 0) a) with 1 in L3 by (unfold Rpower; rewrite Rminus_0_r, ln_1, Rmult_0_r; symmetry;
        apply exp_0).
      apply is_lim_seq_minus'; [apply (is_lim_seq_scal_r _ (/ a) 1), L3 |
        apply (is_lim_seq_scal_r _ (/ a) 0), lo_pow, A]. }
    apply is_lim_seq_unique in L1; rewrite (is_lim_seq_unique _ _ L2) in L1; injection L1; intros <-; field; lra.
  - intros n; apply is_RInt_unique, (is_RInt_derive (fun x => Rpower x a / a) (bet a 1)); intros t T;
      apply in_seg in T; [| apply bet_cont, T].
    unfold bet; replace (1 - 1) with 0 by ring; rewrite (Rpower_O (1 - t)) by lra; evar_last;
      [unfold Rpower; auto_derive; [repeat split; lra | reflexivity] |].
    assert (U := pow_split t a ltac:(lra)); unfold Rpower in *; rewrite U; field; lra.
Qed.

(* x (x + 1) ... (x + n) *)
Fixpoint rising (x : R) (n : nat) : R := match n with O => x | S n => rising x n * (x + INR (S n)) end.

Lemma rising_pos x n : 0 < x -> 0 < rising x n.
Proof.
  intros X; induction n as [| n IH]; [exact X |]; change (0 < rising x n * (x + INR (S n))); apply Rmult_lt_0_compat;
  [exact IH |]; assert (N := pos_INR (S n)); lra.
Qed.

Lemma rising_shift x n : x * rising (x + 1) n = rising x (S n).
Proof.
  induction n as [| n IH]; [simpl; ring |];
  change (x * (rising (x + 1) n * (x + 1 + INR (S n))) = rising x (S n) * (x + INR (S (S n))));
  rewrite <- IH, (S_INR (S n)); ring.
Qed.

Lemma Beta_product a b n : 0 < a -> 0 < b -> Beta a b * rising b n = Beta a (b + INR n + 1) * rising (a + b) n.
Proof.
  intros A B; induction n as [| n IH].
  - simpl; rewrite Rplus_0_r; assert (H := Beta_succ a b A B); lra.
  - change (Beta a b * (rising b n * (b + INR (S n))) = Beta a (b + INR (S n) + 1) *
      (rising (a + b) n * (a + b + INR (S n)))).
    assert (N := pos_INR n); assert (H := Beta_succ a (b + INR n + 1) A ltac:(lra));
      rewrite <- Rmult_assoc, IH, S_INR.
    replace (b + (INR n + 1) + 1) with (b + INR n + 1 + 1) by ring;
      replace (a + (b + INR n + 1)) with (a + b + (INR n + 1)) in H by ring.
    transitivity (rising (a + b) n * ((b + INR n + 1) * Beta a (b + INR n + 1))); [ring | rewrite <- H; ring].
Qed.

(* The integral of Gamma with the rate m. *)
Definition rate (a m x : R) : R := Rpower x (a - 1) * exp (- (m * x)).

Lemma base_rate a m : 0 < a -> 0 < m -> base 0 p_infty (rate a m) (Gamma a * Rpower m (- a)).
Proof.
  intros A M; assert (B := base_subst 0 p_infty 0 p_infty I (fun t => m * t) (fun y => y / m) (fun _ => m)).
  assert (B' : base 0 p_infty (fun t => gam a (m * t) * m) (Gamma a)).
  { apply B.
    - intros x X; apply pos_of in X; split; simpl; [apply Rmult_lt_0_compat; assumption | exact I].
    - intros y Y; apply pos_of in Y; split; simpl; [apply Rdiv_lt_0_compat; assumption | exact I].
    - intros y _; field; lra.
    - intros x _; split; [auto_derive; [exact I | ring] | apply continuous_const].
    - intros x _; exact M.
    - intros z Z; apply gam_continuous, pos_of, Z.
    - apply base_Gamma, A. }
  rewrite Rmult_comm; apply (base_ext 0 p_infty (fun x => Rpower m (- a) * (gam a (m * x) * m)) (rate a m) _ I);
    [| apply base_mul, B'].
  intros x X; apply pos_of in X; unfold gam, rate; rewrite <- Rpower_mult_distr by assumption;
    rewrite Rpower_Ropp, (pow_split m a M).
  field; split; [apply Rgt_not_eq, exp_pos | lra].
Qed.

(* (1 - x)^m is near exp (- m * x). *)
Lemma pow_rate x m : 0 < x < 1 -> 2 <= m ->
  exp (- (m * x)) * (1 - 2 * m * (x * x)) <= Rpower (1 - x) m <= exp (- (m * x)).
Proof.
  intros X M; split.
  - destruct (Rle_dec x (1 / 2)) as [H | H].
    + assert (T := log_le' (/ (1 - x)) ltac:(apply Rinv_0_lt_compat; lra)); rewrite ln_Rinv in T by lra.
      assert (E : m * ln (1 - x) >= - (m * x) - 2 * m * (x * x)).
      { assert (/ (1 - x) - 1 <= x + 2 * (x * x)) by (apply (Rmult_le_reg_r (1 - x)); [lra |];
          rewrite Rmult_minus_distr_r, Rinv_l by lra; nra).
        assert (m * ln (1 - x) >= m * - (x + 2 * (x * x))) by (apply Rmult_ge_compat_l; lra); nra. }
      apply Rle_trans with (exp (- (m * x)) * exp (- (2 * m * (x * x)))).
      * apply Rmult_le_compat_l; [left; apply exp_pos |]; assert (Z := exp_ineq1_le (- (2 * m * (x * x)))); lra.
      * rewrite <- exp_plus; unfold Rpower; apply exp_le; lra.
    + apply Rle_trans with 0; [| left; apply exp_pos]; assert (Z := exp_pos (- (m * x)));
        assert (1 / 4 <= x * x) by nra; assert (1 - 2 * m * (x * x) <= 0) by nra; nra.
  - unfold Rpower; apply exp_le; assert (T := log_le' (1 - x) ltac:(lra)); nra.
Qed.

Lemma Beta_rate a m : 0 < a -> 2 <= m -> Gamma a - 2 * Gamma (a + 2) / m <= Rpower m a * Beta a (m + 1) <= Gamma a.
Proof.
  intros A M; assert (in1 : within 0 p_infty 1) by (split; simpl; [lra | exact I]);
    assert (BB := base_Beta a (m + 1) A ltac:(lra)).
  assert (Pm := exp_pos (a * ln m)); fold (Rpower m a) in Pm.
  assert (sub1 : forall x, within 0 1 x -> within 0 p_infty x) by (intros x [U V]; split; [exact U | exact I]).
  assert (sub2 : forall x, within 1 p_infty x -> within 0 p_infty x)
    by (intros x [U V]; split; [simpl in *; lra | exact I]).
  assert (BG := base_rate a m A ltac:(lra));
    assert (BH := base_add _ _ _ _ _ _ BG (base_mul _ _ (-2 * m) _ _ (base_rate (a + 2) m ltac:(lra) ltac:(lra)))).
  assert (sq : forall x, 0 < x -> rate (a + 2) m x = rate a m x * (x * x)).
  { intros x X; unfold rate; replace (a + 2 - 1) with (a - 1 + 1 + 1) by ring;
      rewrite !Rpower_plus, Rpower_1 by exact X; ring. }
  assert (rp : forall x, 0 <= rate a m x) by (intros x; unfold rate, Rpower; left; apply Rmult_lt_0_compat;
    apply exp_pos).
  split.
  - destruct (base_part _ _ 0 1 _ _ lt01 sub1 BH) as [u1 B1], (base_part _ _ 1 p_infty _ _ I sub2 BH) as [u2 B2].
    assert (E := base_glue _ _ _ _ _ _ _ in1 BH B1 B2).
    assert (u2 <= 0).
    { apply (base_mono 1 p_infty I _ (fun _ => 0) _ _) with (2 := B2) (3 := base_null 1 p_infty); intros x [X _];
        simpl in X; rewrite sq by lra; specialize (rp x).
      assert (1 <= x * x) by nra; assert (1 + -2 * m * (x * x) <= 0) by nra; nra. }
    assert (u1 <= Beta a (m + 1)).
    { apply (base_mono 0 1 lt01 _ _ _ _) with (2 := B1) (3 := BB); intros x X; apply in01 in X; rewrite sq by lra;
        unfold bet; replace (m + 1 - 1) with m by ring.
      destruct (pow_rate x m X M) as [L _]; unfold rate; assert (Q := exp_pos ((a - 1) * ln x));
        fold (Rpower x (a - 1)) in Q; nra. }
    assert (V : Rpower m a * (Gamma a * Rpower m (- a) + -2 * m * (Gamma (a + 2) * Rpower m (- (a + 2)))) = Gamma a -
      2 * Gamma (a + 2) / m).
    { assert (R2 : Rpower m 2 = m * m) by (rewrite (pow_split m 2) by lra; replace (2 - 1) with 1 by ring;
        rewrite Rpower_1 by lra; reflexivity).
      rewrite !Rpower_Ropp, !Rpower_plus, R2; field; split; [lra | apply Rgt_not_eq, Pm]. }
    rewrite <- V; apply Rmult_le_compat_l; lra.
  - destruct (base_part _ _ 0 1 _ _ lt01 sub1 BG) as [u1 B1], (base_part _ _ 1 p_infty _ _ I sub2 BG) as [u2 B2].
    assert (E := base_glue _ _ _ _ _ _ _ in1 BG B1 B2).
    assert (0 <= u2) by (apply (base_pos 1 p_infty I (rate a m)); [intros; apply rp | exact B2]).
    assert (Beta a (m + 1) <= u1).
    { apply (base_mono 0 1 lt01 _ _ _ _) with (2 := BB) (3 := B1); intros x X; apply in01 in X; unfold bet, rate;
        replace (m + 1 - 1) with m by ring.
      destruct (pow_rate x m X M) as [_ U]; apply Rmult_le_compat_l; [left; apply exp_pos | exact U]. }
    apply Rle_trans with (Rpower m a * (Gamma a * Rpower m (- a))); [apply Rmult_le_compat_l; lra |].
    rewrite Rpower_Ropp; right; field; apply Rgt_not_eq, Pm.
Qed.

Lemma to_inf b : is_lim_seq (fun n => b + INR n) p_infty.
Proof.
  apply (is_lim_seq_plus (fun _ => b) INR b p_infty p_infty);
  [apply is_lim_seq_const | apply is_lim_seq_INR | reflexivity].
Qed.

(* So Beta(a, b) is Gamma(a) times a limit of products, and with b = 1 so is Gamma. *)
Lemma Beta_limit a b : 0 < a -> 0 < b ->
  is_lim_seq (fun n => Beta a b * (rising b n * Rpower (b + INR n) a / rising (a + b) n)) (Gamma a).
Proof.
  intros A B; assert (Lo : is_lim_seq (fun n => Gamma a - 2 * Gamma (a + 2) * / (b + INR n))
    (Gamma a - 2 * Gamma (a + 2) * 0)).
  { apply is_lim_seq_minus'; [apply is_lim_seq_const | apply (is_lim_seq_scal_l _ (2 * Gamma (a + 2)) 0)].
    apply (is_lim_seq_inv (fun n => b + INR n) p_infty (to_inf b)); discriminate. }
  rewrite Rmult_0_r, Rminus_0_r in Lo;
    refine (is_lim_seq_le_le_loc _ _ (fun _ => Gamma a) _ _ Lo (is_lim_seq_const _)).
  exists 2%nat; intros n K; apply le_INR in K; simpl in K; assert (N := pos_INR n);
    assert (Q := rising_pos (a + b) n ltac:(lra)).
  destruct (Beta_rate a (b + INR n) A ltac:(lra)) as [X Y].
  replace (Beta a b * (rising b n * Rpower (b + INR n) a / rising (a + b) n)) with
    (Rpower (b + INR n) a * Beta a (b + INR n + 1)); [unfold Rdiv in X; lra |].
  replace (Beta a b * (rising b n * Rpower (b + INR n) a / rising (a + b) n)) with
    (Rpower (b + INR n) a * (Beta a b * rising b n) / rising (a + b) n) by (field; lra).
  rewrite Beta_product by assumption; field; lra.
Qed.

Definition euler (b : R) (n : nat) : R := rising 1 n * Rpower (1 + INR n) b / rising b (S n).

Lemma euler_limit b : 0 < b -> is_lim_seq (euler b) (Gamma b).
Proof.
  intros B; assert (L := Beta_limit b 1 B Rlt_0_1); revert L; apply is_lim_seq_ext; intros n; unfold euler;
    rewrite Beta_one by exact B; rewrite <- rising_shift.
  assert (Q := rising_pos (b + 1) n ltac:(lra)); field; lra.
Qed.

Lemma ratio_one b c : is_lim_seq (fun n => (b + INR n) / (c + INR n)) 1.
Proof.
  assert (L : is_lim_seq (fun n => 1 + (b - c) * / (c + INR n)) (1 + (b - c) * 0)).
  { apply is_lim_seq_plus'; [apply is_lim_seq_const | apply (is_lim_seq_scal_l _ (b - c) 0)].
    apply (is_lim_seq_inv (fun n => c + INR n) p_infty (to_inf c)); discriminate. }
  rewrite Rmult_0_r, Rplus_0_r in L; refine (is_lim_seq_ext_loc _ _ _ _ L).
  destruct (nfloor_ex (Rmax (- c) 0)) as [N [_ HN]]; [apply Rmax_r |]; exists (N + 1)%nat; intros n K;
    apply le_INR in K; rewrite plus_INR in K; simpl in K.
  assert (Z := Rmax_l (- c) 0); field; lra.
Qed.

Theorem beta_gamma a b : 0 < a -> 0 < b -> Beta a b = Gamma a * Gamma b / Gamma (a + b).
Proof.
  intros A B; assert (Ga := Gamma_pos a A); assert (Gb := Gamma_pos b B);
    assert (Gab := Gamma_pos (a + b) ltac:(lra)).
  (* q n = rising b n (b+n)^a / rising (a+b) n is euler (a+b) / euler b up to ratios that tend to 1 *)
  assert (Q : is_lim_seq (fun n => euler (a + b) n / euler b n *
    (Rpower ((b + INR n) / (1 + INR n)) a * ((a + b + 1 + INR n) / (b + 1 + INR n))))
    (Gamma (a + b) / Gamma b * (Rpower 1 a * 1))).
  { apply is_lim_seq_mult'; [apply is_lim_seq_div'; [apply euler_limit; lra | apply euler_limit, B | lra] |].
    apply is_lim_seq_mult'; [| apply ratio_one].
    apply (is_lim_seq_continuous (fun x => Rpower x a) (fun n => (b + INR n) / (1 + INR n)) 1); [| apply ratio_one].
    apply continuity_pt_filterlim, (ex_derive_continuous (fun x => Rpower x a)); unfold Rpower; auto_derive; lra. }
  assert (E : forall n, euler (a + b) n / euler b n *
    (Rpower ((b + INR n) / (1 + INR n)) a * ((a + b + 1 + INR n) / (b + 1 + INR n))) = rising b n * Rpower (b + INR n)
    a / rising (a + b) n).
  { intros n; assert (N := pos_INR n); unfold euler;
      change (rising (a + b) (S n)) with (rising (a + b) n * (a + b + INR (S n)));
      change (rising b (S n)) with (rising b n * (b + INR (S n))).
    assert (P1 := rising_pos 1 n Rlt_0_1); assert (P2 := rising_pos b n B);
      assert (P3 := rising_pos (a + b) n ltac:(lra)); rewrite S_INR.
    assert (IR : Rpower (/ (1 + INR n)) a = / Rpower (1 + INR n) a) by (unfold Rpower; rewrite ln_Rinv by lra;
      rewrite <- exp_Ropp; f_equal; ring).
    assert (RD : Rpower ((b + INR n) / (1 + INR n)) a = Rpower (b + INR n) a * / Rpower (1 + INR n) a)
      by (rewrite <- IR, Rpower_mult_distr by (try apply Rinv_0_lt_compat; lra); reflexivity).
    rewrite RD, (Rpower_plus a b (1 + INR n)).
    assert (X1 := exp_pos (a * ln (1 + INR n))); assert (X2 := exp_pos (b * ln (1 + INR n)));
      fold (Rpower (1 + INR n) a) in X1; fold (Rpower (1 + INR n) b) in X2.
    field; repeat split; lra. }
  apply (is_lim_seq_ext _ _ _ E) in Q; apply (is_lim_seq_scal_l _ (Beta a b)) in Q; simpl in Q.
  assert (L := Beta_limit a b A B); apply is_lim_seq_unique in L; rewrite (is_lim_seq_unique _ _ Q) in L; injection L;
    intros H.
  replace (Rpower 1 a) with 1 in H by (unfold Rpower; rewrite ln_1, Rmult_0_r; symmetry; apply exp_0).
  rewrite <- H; field; split; lra.
Qed.
