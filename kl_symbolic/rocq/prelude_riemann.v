(* The absolutely convergent improper Riemann integral over an interval that is not empty: its laws, the fundamental
   theorem, substitution; then the same for functions with finitely many cuts. kl_prelude_sandwich.v is built on it. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From kl Require Import kl_prelude.
Open Scope R_scope.

(* ---- Intervals by their ends ---------------------------------------------------------------------------------- *)

(* x lies between a and b, which are numbers or infinite. *)
Definition within (a b : Rbar) (x : R) : Prop := Rbar_lt a x /\ Rbar_lt x b.

(* What holds near the lower end, and near the upper one. *)
Definition from (a : Rbar) : (R -> Prop) -> Prop := match a with Finite r => at_right r |
  _ => Rbar_locally m_infty end.
Definition upto (b : Rbar) : (R -> Prop) -> Prop := match b with Finite r => at_left r |
  _ => Rbar_locally p_infty end.

Global Instance from_proper a : ProperFilter (from a).
Proof. destruct a; simpl; apply _. Qed.
Global Instance upto_proper b : ProperFilter (upto b).
Proof. destruct b; simpl; apply _. Qed.

(* Near an end are the points of the interval beyond any of its points. *)
Lemma from_within (a b : Rbar) (c : R) : within a b c -> from a (fun x => within a b x /\ x < c).
Proof.
  intros [A B]; destruct a as [r | |]; simpl in *; try contradiction.
  - exists (mkposreal (c - r) ltac:(lra)); intros y H K; apply Rabs_def2 in H; unfold minus, plus, opp in H;
      simpl in *.
    split; [split; [exact K |] |]; [apply (Rbar_lt_trans y c b); [simpl; lra | exact B] | lra].
  - exists c; intros y H; split; [split; [exact I |] |]; [apply (Rbar_lt_trans y c b); [exact H | exact B] | exact H].
Qed.

Lemma upto_within (a b : Rbar) (c : R) : within a b c -> upto b (fun x => within a b x /\ c < x).
Proof.
  intros [A B]; destruct b as [r | |]; simpl in *; try contradiction.
  - exists (mkposreal (r - c) ltac:(lra)); intros y H K; apply Rabs_def2 in H; unfold minus, plus, opp in H;
      simpl in *.
    split; [split; [|exact K] |]; [apply (Rbar_lt_trans a c y); [exact A | simpl; lra] | lra].
  - exists c; intros y H; split; [split; [|exact I] |]; [apply (Rbar_lt_trans a c y); [exact A | exact H] | exact H].
Qed.

Lemma middle (a b : Rbar) : Rbar_lt a b -> exists c, within a b c.
Proof.
  intros lt_ab; destruct a as [r | |], b as [s | |]; simpl in lt_ab; try contradiction; unfold within; simpl.
  - exists ((r + s) / 2); lra.
  - exists (r + 1); lra.
  - exists (s - 1); lra.
  - exists 0; auto.
Qed.

Lemma within_between (a b : Rbar) (s t x : R) : within a b s -> within a b t -> s <= x <= t -> within a b x.
Proof.
  intros [A _] [_ B] H; split.
  - destruct (Req_dec s x) as [<- | N]; [exact A |]; apply (Rbar_lt_trans a s x); [exact A | simpl; lra].
  - destruct (Req_dec x t) as [-> | N]; [exact B |]; apply (Rbar_lt_trans x t b); [simpl; lra | exact B].
Qed.

Lemma ends (a b : Rbar) : Rbar_lt a b ->
  filter_prod (from a) (upto b) (fun p => within a b (fst p) /\ within a b (snd p) /\ fst p < snd p).
Proof.
  intros lt; destruct (middle a b lt) as [c C];
    exists (fun x => within a b x /\ x < c) (fun x => within a b x /\ c < x);
    [apply from_within, C | apply upto_within, C |]; simpl; intros x y [X Xc] [Y Yc]; repeat split; try apply X;
      try apply Y; lra.
Qed.

(* A point of the part on one side of c is a point of the whole. *)
Lemma sub_left a b (c : R) x : within a b c -> within a c x -> within a b x.
Proof. intros [A B] [X Y]; split; [exact X | apply (Rbar_lt_trans x c b); assumption]. Qed.

Lemma sub_right a b (c : R) x : within a b c -> within c b x -> within a b x.
Proof. intros [A B] [X Y]; split; [apply (Rbar_lt_trans a c x); assumption | exact Y]. Qed.

(* ---- The improper Riemann integral, absolutely convergent ----------------------------------------------------- *)

(* Riemann integrable on compact parts, with the improper integral v; the integrals of |f| over them are bounded. *)
Definition base (a b : Rbar) (f : R -> R) (v : R) : Prop :=
  (forall s t, within a b s -> within a b t -> ex_RInt f s t) /\
  is_RInt_gen f (from a) (upto b) v /\
  exists M, forall s t, within a b s -> within a b t -> s <= t -> RInt (fun x => Rabs (f x)) s t <= M.

Lemma base_null (a b : Rbar) : base a b (fun _ => 0) 0.
Proof.
  split; [intros; apply ex_RInt_const |]; split.
  - intros P HP; unfold filtermapi; apply filter_forall; intros [s t]; exists 0; split;
      [| apply locally_singleton, HP].
    assert (Z := is_RInt_const s t (0 : R)); unfold scal in Z; simpl in Z; unfold mult in Z; simpl in Z.
    rewrite Rmult_0_r in Z; exact Z.
  - exists 0; intros s t _ _ _; rewrite (RInt_ext _ (fun _ => 0)); [| intros; apply Rabs_R0].
    rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; lra.
Qed.

Lemma base_mul (a b : Rbar) (c : R) (f : R -> R) (u : R) : base a b f u -> base a b (fun x => c * f x) (c * u).
Proof.
  intros (L & I & M & B); split; [| split].
  - intros s t S T; apply (ex_RInt_scal f s t c), L; assumption.
  - apply (is_RInt_gen_scal f c u I).
  - exists (Rabs c * M); intros s t S T ST.
    assert (N : ex_RInt (fun x => Rabs (f x)) s t) by (apply (ex_RInt_norm f), L; assumption).
    assert (Z : RInt (fun x => Rabs (c * f x)) s t = Rabs c * RInt (fun x => Rabs (f x)) s t).
    { apply is_RInt_unique, (is_RInt_ext (fun x => scal (Rabs c) (Rabs (f x))));
        [intros; symmetry; apply Rabs_mult |].
      apply (is_RInt_scal (fun x => Rabs (f x)) s t (Rabs c)), (RInt_correct _ _ _ N). }
    rewrite Z; apply Rmult_le_compat_l; [apply Rabs_pos | apply B; assumption].
Qed.

Lemma base_add (a b : Rbar) (f g : R -> R) (u v : R) : base a b f u -> base a b g v ->
  base a b (fun x => f x + g x) (u + v).
Proof.
  intros (L & I & M & B) (L2 & I2 & M2 & B2); split; [| split].
  - intros s t S T; apply (ex_RInt_plus f g s t); auto.
  - apply (is_RInt_gen_plus f g u v I I2).
  - exists (M + M2); intros s t S T ST.
    assert (N : ex_RInt (fun x => Rabs (f x)) s t) by (apply (ex_RInt_norm f), L; assumption).
    assert (N2 : ex_RInt (fun x => Rabs (g x)) s t) by (apply (ex_RInt_norm g), L2; assumption).
    apply Rle_trans with (RInt (fun x => plus (Rabs (f x)) (Rabs (g x))) s t).
    + apply RInt_le; [exact ST | apply (ex_RInt_norm (fun x => f x + g x)), (ex_RInt_plus f g s t);
        auto | apply (ex_RInt_plus _ _ s t N N2) |].
      intros x _; apply Rabs_triang.
    + apply Rle_trans with (RInt (fun x => Rabs (f x)) s t + RInt (fun x => Rabs (g x)) s t);
        [| apply Rplus_le_compat; auto].
      right; apply is_RInt_unique, (is_RInt_plus (fun x => Rabs (f x)) (fun x => Rabs (g x)));
        [apply (RInt_correct _ _ _ N) | apply (RInt_correct _ _ _ N2)].
Qed.

Lemma base_pos (a b : Rbar) (lt : Rbar_lt a b) (f : R -> R) (u : R) :
  (forall x, within a b x -> 0 <= f x) -> base a b f u -> 0 <= u.
Proof.
  intros P (L & I & _).
  assert (norm u <= u); [| apply Rle_trans with (norm u); [apply norm_ge_0 | assumption]].
  apply (RInt_gen_norm f f u u (Fa := from a) (Fb := upto b)); try assumption.
  - apply (filter_imp _ _) with (2 := ends a b lt); intros p (_ & _ & H); lra.
  - apply (filter_imp _ _) with (2 := ends a b lt); intros p (H & K & _) x X.
    unfold norm; simpl; unfold abs; simpl; rewrite Rabs_pos_eq; [lra |]; apply P, (within_between a b _ _ x H K X).
Qed.

Lemma base_mono (a b : Rbar) (lt : Rbar_lt a b) (f g : R -> R) (u v : R) :
  (forall x, within a b x -> f x <= g x) -> base a b f u -> base a b g v -> u <= v.
Proof.
  intros H F G; assert (0 <= v + -1 * u); [| lra].
  apply (base_pos a b lt (fun x => g x + -1 * f x));
    [intros x X; specialize (H x X); lra | apply base_add; [exact G | apply base_mul, F]].
Qed.

Lemma base_ext a b f g v : Rbar_lt a b -> (forall x, within a b x -> f x = g x) -> base a b f v -> base a b g v.
Proof.
  intros lt E (L & I & M & B).
  assert (on : forall s t x, within a b s -> within a b t -> Rmin s t < x < Rmax s t -> within a b x).
  { intros s t x S T X; destruct (Rle_dec s t); [rewrite Rmin_left, Rmax_right in X by lra;
      apply (within_between a b s t) | rewrite Rmin_right, Rmax_left in X by lra; apply (within_between a b t s)];
      try assumption; lra. }
  split; [| split].
  - intros s t S T; apply (ex_RInt_ext f); [intros x X; apply E, (on s t); assumption | apply L; assumption].
  - apply (is_RInt_gen_ext f); [| exact I]; apply (filter_imp _ _) with (2 := ends a b lt);
      intros [s t] (S & T & N) x X; apply E, (on s t); assumption.
  - exists M; intros s t S T N; rewrite (RInt_ext _ (fun x => Rabs (f x))); [apply B; assumption |].
    intros x X; rewrite E; [reflexivity | apply (on s t); assumption].
Qed.

(* The integral of f >= 0 over a part is at most that over the whole. *)
Lemma grow a b (f : R -> R) s' s t t' :
  (forall s t, within a b s -> within a b t -> ex_RInt f s t) -> (forall x, within a b x -> 0 <= f x) ->
  within a b s' -> within a b t' -> s' <= s -> s <= t -> t <= t' -> RInt f s t <= RInt f s' t'.
Proof.
  intros L P S T H1 H2 H3.
  assert (IS : within a b s) by (apply (within_between a b s' t'); [assumption .. | lra]).
  assert (IT : within a b t) by (apply (within_between a b s' t'); [assumption .. | lra]).
  assert (C1 := RInt_Chasles f s' s t' (L _ _ S IS) (L _ _ IS T)).
  assert (C2 := RInt_Chasles f s t t' (L _ _ IS IT) (L _ _ IT T)).
  assert (0 <= RInt f s' s) by (apply RInt_ge_0; [lra | apply L; assumption | intros;
    apply P, (within_between a b s' t'); [assumption .. | lra]]).
  assert (0 <= RInt f t t') by (apply RInt_ge_0; [lra | apply L; assumption | intros;
    apply P, (within_between a b s' t'); [assumption .. | lra]]).
  unfold plus in *; simpl in *; lra.
Qed.

(* A function f >= 0 whose integrals over compact parts tend to q along one pair of sequences. *)
Lemma base_of_sequences (a b : Rbar) (lt : Rbar_lt a b) (f : R -> R) (u v : nat -> R) (q : R) :
  (forall s t, within a b s -> within a b t -> ex_RInt f s t) -> (forall x, within a b x -> 0 <= f x) ->
  (forall n, within a b (u n)) -> (forall n, within a b (v n)) ->
  filterlim u eventually (from a) -> filterlim v eventually (upto b) ->
  is_lim_seq (fun n => RInt f (u n) (v n)) q -> base a b f q.
Proof.
  intros L P U V FU FV Q.
  assert (below : forall s t, within a b s -> within a b t -> s <= t -> RInt f s t <= q).
  { intros s t S T H.
    assert (E : eventually (fun n => RInt f s t <= RInt f (u n) (v n))).
    { destruct (FU _ (from_within a b s S)) as [N HN], (FV _ (upto_within a b t T)) as [M HM].
      exists (N + M)%nat; intros n K; destruct (HN n ltac:(lia)) as [_ A], (HM n ltac:(lia)) as [_ B].
      apply (grow a b); [exact L | exact P | apply U | apply V | lra | exact H | lra]. }
    assert (K := is_lim_seq_le_loc (fun _ => RInt f s t) _ (RInt f s t) q E (is_lim_seq_const _) Q); exact K. }
  split; [exact L |]; split.
  - intros W [e HW]; unfold filtermapi.
    apply is_lim_seq_spec in Q; destruct (Q e) as [N HN]; destruct (middle a b lt) as [c C].
    destruct (FU _ (from_within a b c C)) as [N1 H1], (FV _ (upto_within a b c C)) as [N2 H2].
    set (n := (N + N1 + N2)%nat); specialize (HN n ltac:(lia)); specialize (H1 n ltac:(lia));
      specialize (H2 n ltac:(lia)).
    exists (fun x => within a b x /\ x < u n) (fun x => within a b x /\ v n < x);
      [apply from_within, U | apply upto_within, V |].
    intros s t [S S'] [T T']; exists (RInt f s t); split; [apply (RInt_correct f), L; assumption |].
    apply HW; assert (A := below s t S T ltac:(lra)).
    assert (B : RInt f (u n) (v n) <= RInt f s t) by (apply (grow a b); try assumption; lra).
    apply Rabs_def2 in HN; unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; apply Rabs_def1;
      lra.
  - exists q; intros s t S T H; rewrite (RInt_ext _ f); [apply below; assumption |].
    intros x X; rewrite Rmin_left, Rmax_right in X by exact H; apply Rabs_pos_eq, P, (within_between a b s t);
      [assumption .. | lra].
Qed.

(* Bounded integrals of f >= 0 have a limit. *)
Lemma base_of_bound a b (f : R -> R) M : Rbar_lt a b ->
  (forall s t, within a b s -> within a b t -> ex_RInt f s t) -> (forall x, within a b x -> 0 <= f x) ->
  (forall s t, within a b s -> within a b t -> s <= t -> RInt f s t <= M) -> exists q, base a b f q.
Proof.
  intros lt L P B; destruct (middle a b lt) as [c C].
  destruct (completeness (fun y => exists s t, within a b s /\ within a b t /\ s <= t /\
    y = RInt f s t)) as [q [Up Least]].
  - exists M; intros y (s & t & S & T & H & ->); apply B; assumption.
  - exists (RInt f c c), c, c; repeat split; try apply C; lra.
  - exists q; split; [exact L |]; split.
    + intros W [e HW]; unfold filtermapi.
      assert (N : exists s t, within a b s /\ within a b t /\ s <= t /\ q - e < RInt f s t).
      { apply Classical_Prop.NNPP; intros N; assert (q <= q - e); [| pose proof (cond_pos e); lra].
        apply Least; intros y (s & t & S & T & H & ->); apply Rnot_lt_le; intros K; apply N; exists s, t;
          repeat split; try apply S; try apply T; assumption. }
      destruct N as (s0 & t0 & S0 & T0 & H0 & K).
      exists (fun x => within a b x /\ x < s0) (fun x => within a b x /\ t0 < x);
        [apply from_within; assumption | apply upto_within; assumption |].
      intros s t [S S'] [T T']; exists (RInt f s t); split; [apply (RInt_correct f), L; assumption |].
      assert (A : RInt f s t <= q) by (apply Up; exists s, t; repeat split; try apply S; try apply T; lra).
      assert (B' : RInt f s0 t0 <= RInt f s t) by (apply (grow a b); try assumption; lra).
      apply HW; unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; apply Rabs_def1; lra.
    + exists q; intros s t S T H; rewrite (RInt_ext _ f);
        [apply Up; exists s, t; repeat split; try apply S; try apply T; assumption |].
      intros x X; rewrite Rmin_left, Rmax_right in X by exact H; apply Rabs_pos_eq, P, (within_between a b s t);
        [assumption .. | lra].
Qed.

(* There is an integral over every part. *)
Lemma base_part a b a' b' (f : R -> R) v : Rbar_lt a' b' -> (forall x, within a' b' x -> within a b x) ->
  base a b f v -> exists u, base a' b' f u.
Proof.
  intros lt sub (L & _ & M & B).
  assert (LA : forall s t, within a' b' s -> within a' b' t -> ex_RInt (fun x => Rabs (f x)) s t)
    by (intros; apply (ex_RInt_norm f), L; apply sub; assumption).
  assert (part : forall k, Rabs k = 1 -> exists q, base a' b' (fun x => / 2 * (Rabs (f x) + k * f x)) q).
  { intros k K; apply (base_of_bound _ _ _ M lt).
    - intros s t S T; apply (ex_RInt_scal (fun x => Rabs (f x) + k * f x) s t (/ 2)),
        (ex_RInt_plus (fun x => Rabs (f x))); [apply LA; assumption | apply (ex_RInt_scal f s t k), L; apply sub;
        assumption].
    - intros x _; assert (N := Rabs_pos (f x)); assert (Z := Rle_abs (- (k * f x)));
        rewrite Rabs_Ropp, Rabs_mult, K in Z; lra.
    - intros s t S T H; apply Rle_trans with (RInt (fun x => Rabs (f x)) s t);
        [| apply B; try (apply sub; assumption); assumption].
      apply RInt_le; [exact H | | apply LA; assumption |].
      + apply (ex_RInt_scal (fun x => Rabs (f x) + k * f x) s t (/ 2)), (ex_RInt_plus (fun x => Rabs (f x)));
          [apply LA; assumption | apply (ex_RInt_scal f s t k), L; apply sub; assumption].
      + intros x _; assert (Z := Rle_abs (k * f x)); rewrite Rabs_mult, K in Z; lra. }
  destruct (part 1 ltac:(apply Rabs_R1)) as [q1 B1], (part (-1) ltac:(rewrite Rabs_left; lra)) as [q2 B2].
  exists (q1 + -1 * q2); assert (E := base_add _ _ _ _ _ _ B1 (base_mul _ _ (-1) _ _ B2)).
  apply (eq_ind _ (fun g => base a' b' g _) E); apply ext'; intros x; field.
Qed.

(* The integrals over the parts on both sides of a point add up. *)
Lemma base_glue a b c (f : R -> R) v u w : within a b c ->
  base a b f v -> base a c f u -> base c b f w -> v = u + w.
Proof.
  intros C (L & I & M & B) (_ & J & _) (_ & K & _); assert (AC := proj1 C); assert (CB := proj2 C);
    assert (lt := Rbar_lt_trans _ _ _ AC CB).
  apply cond_eq; intros e0 E0; set (e := mkposreal (e0 / 6) ltac:(lra)); assert (Ee : pos e = e0 / 6) by reflexivity;
    clearbody e.
  assert (ball_of : forall z : R, locally z (ball z e)) by (intros z; exists e; auto).
  specialize (I _ (ball_of v)); specialize (J _ (ball_of u)); specialize (K _ (ball_of w)); unfold filtermapi in *.
  destruct I as [P1 P2 A1 A2 HI], J as [Q1 Q2 B1 B2 HJ], K as [R1 R2 D1 D2 HK].
  (* the middle: over a short interval about c the integral is small, for f is bounded there *)
  destruct (filter_ex _ (filter_and _ _ A1 (filter_and _ _ B1 (from_within a b c C)))) as (s & Ps & Qs & S & sc).
  destruct (filter_ex _ (filter_and _ _ A2 (filter_and _ _ D2 (upto_within a b c C)))) as (t & Pt & Rt & T & ct).
  destruct (ex_RInt_ub f s t (L _ _ S T)) as [k1 U1].
  rewrite Rmin_left, Rmax_right in U1 by lra.
  set (k := Rabs k1 + 1); assert (kp : 0 < k) by (unfold k; pose proof (Rabs_pos k1); lra).
  assert (small : 0 < e / k) by (apply Rdiv_lt_0_compat; [apply (cond_pos e) | exact kp]).
  assert (near_l : at_left c (fun x => c - e / k < x < c /\ s < x)).
  { exists (mkposreal (Rmin (e / k) (c - s)) ltac:(apply Rmin_glb_lt; [exact small | lra])); intros y Y N;
      apply Rabs_def2 in Y; unfold minus, plus, opp in Y; simpl in Y.
    pose proof (Rmin_l (e / k) (c - s)); pose proof (Rmin_r (e / k) (c - s)); lra. }
  assert (near_r : at_right c (fun x => c < x < c + e / k /\ x < t)).
  { exists (mkposreal (Rmin (e / k) (t - c)) ltac:(apply Rmin_glb_lt; [exact small | lra])); intros y Y N;
      apply Rabs_def2 in Y; unfold minus, plus, opp in Y; simpl in Y.
    pose proof (Rmin_l (e / k) (t - c)); pose proof (Rmin_r (e / k) (t - c)); lra. }
  destruct (filter_ex _ (filter_and _ _ B2 near_l)) as (x & Qx & [x1 x2] & sx);
    destruct (filter_ex _ (filter_and _ _ D1 near_r)) as (y & Ry & [y1 y2] & yt).
  destruct (HI s t Ps Pt) as (i & Ii & Wi), (HJ s x Qs Qx) as (j & Jj & Wj), (HK y t Ry Rt) as (k' & Kk & Wk);
    simpl in *.
  assert (X : within a b x) by (apply (within_between a b s t); [assumption .. | lra]);
    assert (Y : within a b y) by (apply (within_between a b s t); [assumption .. | lra]).
  assert (mid : ex_RInt f x y) by (apply L; assumption).
  assert (E1 := is_RInt_Chasles _ _ _ _ _ _ (is_RInt_Chasles _ _ _ _ _ _ Jj (RInt_correct f x y mid)) Kk).
  assert (E2 := is_RInt_unique _ _ _ _ E1); rewrite (is_RInt_unique _ _ _ _ Ii) in E2; unfold plus in E2; simpl in E2.
  assert (bound : Rabs (RInt f x y) <= (y - x) * k).
  { apply (abs_RInt_le_const f x y k); [lra | exact mid |]; intros z Z; specialize (U1 z ltac:(lra));
      unfold norm in U1; simpl in U1; unfold abs in U1; simpl in U1.
    unfold k; pose proof (Rle_abs k1); lra. }
  assert ((y - x) * k <= 2 * e).
  { apply Rle_trans with (2 * (e / k) * k); [apply Rmult_le_compat_r; lra | right; field; lra]. }
  unfold ball in Wi, Wj, Wk; simpl in Wi, Wj, Wk; unfold AbsRing_ball, abs, minus, plus, opp in Wi, Wj, Wk;
    simpl in Wi, Wj, Wk.
  apply Rabs_def2 in Wi; apply Rabs_def2 in Wj; apply Rabs_def2 in Wk; apply Rabs_le_between in bound;
    apply Rabs_def1; lra.
Qed.

(* The integral is a limit along every pair of sequences that run to the ends. *)
Lemma base_along a b f v u w : base a b f v -> filterlim u eventually (from a) -> filterlim w eventually (upto b) ->
  is_lim_seq (fun n => RInt f (u n) (w n)) v.
Proof.
  intros (_ & I' & _) U W P HP; specialize (I' P HP); unfold filtermapi in I'; destruct I' as [Q1 Q2 F1 F2 H].
  destruct (U _ F1) as [N1 H1], (W _ F2) as [N2 H2]; exists (N1 + N2)%nat; intros n K.
  destruct (H (u n) (w n) (H1 n ltac:(lia)) (H2 n ltac:(lia))) as (z & Z & X); simpl in Z;
    rewrite (is_RInt_unique _ _ _ _ Z); exact X.
Qed.

(* A continuous function that is nowhere negative, and whose integral is zero, is zero. *)
Lemma base_zero (a b : Rbar) (f : R -> R) (c : R) : Rbar_lt a b ->
  (forall x, within a b x -> continuous f x) -> (forall x, within a b x -> 0 <= f x) -> base a b f 0 ->
    within a b c -> f c = 0.
Proof.
  intros lt C P (L & H & _) Ic; apply Rle_antisym; [| apply P, Ic]; apply Rnot_lt_le; intros N.
  assert (F : locally c (fun x => within a b x /\ f c / 2 < f x)).
  { apply filter_and; [apply (filter_and _ _ (open_Rbar_gt a c (proj1 Ic)) (open_Rbar_lt b c (proj2 Ic))) |].
    apply (C c Ic (fun y => f c / 2 < y)); exists (mkposreal (f c / 2) ltac:(lra)); intros y Y; unfold ball in Y;
      simpl in Y; unfold AbsRing_ball, abs, minus, plus, opp in Y; simpl in Y; apply Rabs_def2 in Y; lra. }
  destruct F as [d F]; assert (D := cond_pos d).
  assert (K : forall x, c <= x <= c + d / 2 -> within a b x /\ f c / 2 < f x).
  { intros x X; apply F; unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; apply Rabs_def1; lra. }
  destruct (K c ltac:(lra)) as [I1 _], (K (c + d / 2) ltac:(lra)) as [I2 _].
  assert (R1 : f c / 2 * (d / 2) <= RInt f c (c + d / 2)).
  { apply Rle_trans with (RInt (fun _ => f c / 2) c (c + d / 2)).
    - rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; lra.
    - apply RInt_le; [lra | apply ex_RInt_const | apply L; assumption |]; intros x X;
        destruct (K x ltac:(lra)) as [X1 X2]; lra. }
  (* the integral over a part is at most the whole *)
  assert (R2 : RInt f c (c + d / 2) <= 0).
  { apply Rnot_lt_le; intros W; set (e := mkposreal ((RInt f c (c + d / 2) - 0) / 2) ltac:(lra)).
    specialize (H (ball 0 e) (ex_intro _ e (fun y Y => Y))); unfold filtermapi in H; destruct H as [P1 P2 F1 F2 G].
    destruct (filter_ex _ (filter_and _ _ F1 (from_within a b c I1))) as (s & Ps & Is & sc).
    destruct (filter_ex _ (filter_and _ _ F2 (upto_within a b (c + d / 2) I2))) as (t & Pt & It & ct).
    destruct (G s t Ps Pt) as (y & Y & Z); simpl in Y.
    assert (T := grow a b f s c (c + d / 2) t L P Is It ltac:(lra) ltac:(lra) ltac:(lra));
      rewrite (is_RInt_unique _ _ _ _ Y) in T.
    unfold ball in Z; simpl in Z; unfold AbsRing_ball, abs, minus, plus, opp in Z; simpl in Z; apply Rabs_def2 in Z;
      simpl in *; lra. }
  assert (0 < f c / 2 * (d / 2)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

(* ---- Sequences that run to the ends --------------------------------------------------------------------------- *)

(* A sequence in the interval that gets below each of its points runs to the lower end. *)
Lemma ends_low (a b : Rbar) (u : nat -> R) : Rbar_lt a b -> (forall n, within a b (u n)) ->
  (forall c, within a b c -> is_lim_seq (fun n => Rabs (u n - c) + (u n - c)) 0) -> filterlim u eventually (from a).
Proof.
  intros lt U H.
  assert (near : forall c e, within a b c -> 0 < e -> eventually (fun n => u n < c + e)).
  { intros c e C E; specialize (H c C); apply is_lim_seq_spec in H; destruct (H (mkposreal e E)) as [N HN]; exists N;
      intros n K.
    specialize (HN n K); simpl in HN; rewrite Rminus_0_r in HN; apply Rabs_def2 in HN;
      assert (Z := Rle_abs (u n - c)); lra. }
  intros P FP; destruct (middle a b lt) as [m Hm]; destruct a as [r | |]; simpl in FP.
  - destruct FP as [e FP]; assert (E := cond_pos e); destruct Hm as [M1 M2]; simpl in M1.
    set (c := Rmin m (r + e / 2)); assert (C1 : c <= m) by apply Rmin_l; assert (C2 : c <= r + e / 2) by apply Rmin_r.
    assert (C3 : r < c) by (apply Rmin_glb_lt; lra).
    destruct (near c (e / 2)) as [N HN]; [split; [exact C3 |] | lra |].
    { destruct C1 as [C1 | ->]; [apply (Rbar_lt_trans c m b); [exact C1 | exact M2] | exact M2]. }
    exists N; intros n K; specialize (HN n K); destruct (U n) as [U1 _]; simpl in U1; apply FP; [| exact U1].
    unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; apply Rabs_def1; lra.
  - destruct FP as [k FP]; destruct (U 0%nat) as [U1 _]; destruct U1.
  - destruct FP as [k FP]; destruct Hm as [_ M2]; set (c := Rmin m (k - 1)); assert (C1 : c <= m) by apply Rmin_l;
      assert (C2 : c <= k - 1) by apply Rmin_r.
    destruct (near c (1 / 2)) as [N HN]; [split; [exact I |] | lra |].
    { destruct C1 as [C1 | ->]; [apply (Rbar_lt_trans c m b); [exact C1 | exact M2] | exact M2]. }
    exists N; intros n K; specialize (HN n K); apply FP; lra.
Qed.

Lemma ends_high (a b : Rbar) (u : nat -> R) : Rbar_lt a b -> (forall n, within a b (u n)) ->
  (forall c, within a b c -> is_lim_seq (fun n => Rabs (c - u n) + (c - u n)) 0) -> filterlim u eventually (upto b).
Proof.
  intros lt U H.
  assert (near : forall c e, within a b c -> 0 < e -> eventually (fun n => c - e < u n)).
  { intros c e C E; specialize (H c C); apply is_lim_seq_spec in H; destruct (H (mkposreal e E)) as [N HN]; exists N;
      intros n K.
    specialize (HN n K); simpl in HN; rewrite Rminus_0_r in HN; apply Rabs_def2 in HN;
      assert (Z := Rle_abs (c - u n)); lra. }
  intros P FP; destruct (middle a b lt) as [m Hm]; destruct b as [r | |]; simpl in FP.
  - destruct FP as [e FP]; assert (E := cond_pos e); destruct Hm as [M1 M2]; simpl in M2.
    set (c := Rmax m (r - e / 2)); assert (C1 : m <= c) by apply Rmax_l; assert (C2 : r - e / 2 <= c) by apply Rmax_r.
    assert (C3 : c < r) by (apply Rmax_lub_lt; lra).
    destruct (near c (e / 2)) as [N HN]; [split; [| exact C3] | lra |].
    { destruct C1 as [C1 | <-]; [apply (Rbar_lt_trans a m c); [exact M1 | exact C1] | exact M1]. }
    exists N; intros n K; specialize (HN n K); destruct (U n) as [_ U1]; simpl in U1; apply FP; [| exact U1].
    unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; apply Rabs_def1; lra.
  - destruct FP as [k FP]; destruct Hm as [M1 _]; set (c := Rmax m (k + 1)); assert (C1 : m <= c) by apply Rmax_l;
      assert (C2 : k + 1 <= c) by apply Rmax_r.
    destruct (near c (1 / 2)) as [N HN]; [split; [| exact I] | lra |].
    { destruct C1 as [C1 | <-]; [apply (Rbar_lt_trans a m c); [exact M1 | exact C1] | exact M1]. }
    exists N; intros n K; specialize (HN n K); apply FP; lra.
  - destruct (U 0%nat) as [_ U1]; destruct U1.
Qed.

Lemma inv1 : is_lim_seq (fun n => / (INR n + 1)) 0.
Proof.
  apply (is_lim_seq_ext (fun n => / INR (S n))); [intros n; rewrite S_INR; reflexivity |].
  apply (is_lim_seq_incr_1 (fun n => / INR n)), (is_lim_seq_inv INR p_infty is_lim_seq_INR); discriminate.
Qed.

(* There are sequences in the interval that run to a finite end. *)
Lemma to_left (a : Rbar) (c : R) : Rbar_lt a c -> exists v, (forall n, within a c (v n)) /\ is_lim_seq v c /\
  filterlim v eventually (upto c).
Proof.
  intros lt; destruct (middle a c lt) as [m [M1 M2]]; simpl in M2; exists (fun n => c - (c - m) * / (INR n + 1)).
  assert (Z : forall n, 0 < / (INR n + 1) <= 1) by (intros n; assert (N := pos_INR n); split;
    [apply Rinv_0_lt_compat; lra | rewrite <- Rinv_1 at 2; apply Rinv_le_contravar; lra]).
  assert (L : is_lim_seq (fun n => c - (c - m) * / (INR n + 1)) (c - (c - m) * 0))
    by (apply is_lim_seq_minus'; [apply is_lim_seq_const | apply (is_lim_seq_scal_l _ (c - m) 0), inv1]).
  rewrite Rmult_0_r, Rminus_0_r in L.
  assert (In : forall n, m <= c - (c - m) * / (INR n + 1) < c) by (intros n; destruct (Z n); nra).
  split; [| split; [exact L |]].
  - intros n; destruct (In n) as [[H | H] K]; split; simpl; try exact K;
      [apply (Rbar_lt_trans a m _); [exact M1 | exact H] | rewrite <- H; exact M1].
  - intros P [e FP]; apply is_lim_seq_spec in L; destruct (L e) as [N HN]; exists N; intros n K; apply FP;
      [| apply In].
    unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; exact (HN n K).
Qed.

Lemma to_right (b : Rbar) (c : R) : Rbar_lt c b -> exists v, (forall n, within c b (v n)) /\ is_lim_seq v c /\
  filterlim v eventually (from c).
Proof.
  intros lt; destruct (middle c b lt) as [m [M1 M2]]; simpl in M1; exists (fun n => c + (m - c) * / (INR n + 1)).
  assert (Z : forall n, 0 < / (INR n + 1) <= 1) by (intros n; assert (N := pos_INR n); split;
    [apply Rinv_0_lt_compat; lra | rewrite <- Rinv_1 at 2; apply Rinv_le_contravar; lra]).
  assert (L : is_lim_seq (fun n => c + (m - c) * / (INR n + 1)) (c + (m - c) * 0))
    by (apply is_lim_seq_plus'; [apply is_lim_seq_const | apply (is_lim_seq_scal_l _ (m - c) 0), inv1]).
  rewrite Rmult_0_r, Rplus_0_r in L.
  assert (In : forall n, c < c + (m - c) * / (INR n + 1) <= m) by (intros n; destruct (Z n); nra).
  split; [| split; [exact L |]].
  - intros n; destruct (In n) as [K [H | H]]; split; simpl; try exact K;
      [exact (Rbar_lt_trans (Finite (c + (m - c) * / (INR n + 1))) m b H M2) | rewrite H; exact M2].
  - intros P [e FP]; apply is_lim_seq_spec in L; destruct (L e) as [N HN]; exists N; intros n K; apply FP;
      [| apply In].
    unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl; exact (HN n K).
Qed.

Lemma shift_lim (u : nat -> R) (F : (R -> Prop) -> Prop) N : filterlim u eventually F ->
  filterlim (fun n => u (n + N)%nat) eventually F.
Proof. intros H P FP; destruct (H P FP) as [M HM]; exists M; intros n K; apply HM; lia. Qed.

(* ---- The fundamental theorem ---------------------------------------------------------------------------------- *)

(* A derivative d that is continuous and has an integrable lower bound. *)
Lemma base_ftc a b (g d l : R -> R) (p A B : R) (u v : nat -> R) : Rbar_lt a b ->
  base a b l p -> (forall x, within a b x -> l x <= d x) ->
  (forall x, within a b x -> is_derive g x (d x)) -> (forall x, within a b x -> continuous d x) ->
  (forall n, within a b (u n)) -> filterlim u eventually (from a) -> is_lim_seq (fun n => g (u n)) A ->
  (forall n, within a b (v n)) -> filterlim v eventually (upto b) -> is_lim_seq (fun n => g (v n)) B ->
    base a b d (B - A).
Proof.
  intros lt (L & I & K & bound) Le D C U FU GA V FV GB.
  assert (LD : forall s t, within a b s -> within a b t -> is_RInt d s t (g t - g s)).
  { intros s t X Y; apply (is_RInt_derive g d); intros x H; [apply D | apply C];
      (destruct (Rle_dec s t); [rewrite Rmin_left, Rmax_right in H by lra;
        apply (within_between a b s t) | rewrite Rmin_right, Rmax_left in H by lra; apply (within_between a b t s)];
        assumption). }
  assert (BL : base a b l p) by (split; [exact L | split; [exact I | exists K; exact bound]]).
  assert (base a b (fun x => d x + -1 * l x) (B - A + -1 * p)).
  { apply (base_of_sequences a b lt _ u v); try assumption.
    - intros s t X Y; apply (ex_RInt_plus d); [exists (g t - g s); apply LD;
        assumption | apply (ex_RInt_scal l s t (-1)), L; assumption].
    - intros x X; specialize (Le x X); lra.
    - apply (is_lim_seq_ext (fun n => g (v n) - g (u n) + -1 * RInt l (u n) (v n))).
      + intros n; symmetry; apply is_RInt_unique, (is_RInt_plus d); [apply LD; [apply U | apply V] |].
        apply (is_RInt_scal l _ _ (-1)), (RInt_correct l), L; [apply U | apply V].
      + apply is_lim_seq_plus'; [apply is_lim_seq_minus'; assumption |].
        apply (is_lim_seq_scal_l _ (-1) p); intros W HW; specialize (I W HW); unfold filtermapi in I.
        destruct I as [P1 P2 Q1 Q2 H]; destruct (FU _ Q1) as [N1 H1], (FV _ Q2) as [N2 H2].
        exists (N1 + N2)%nat; intros n X; destruct (H (u n) (v n) (H1 n ltac:(lia)) (H2 n ltac:(lia))) as (y & Y & Z).
        simpl in Y; rewrite (is_RInt_unique _ _ _ _ Y); exact Z. }
  assert (E := base_add a b _ _ _ _ H BL); replace (B - A) with (B - A + -1 * p + p) by ring.
  apply (eq_ind _ (fun f => base a b f _) E); apply ext'; intros x; ring.
Qed.

(* ---- Substitution, for an increasing function ----------------------------------------------------------------- *)

Lemma grows (a b : Rbar) (phi s : R -> R)
    (slope : forall x, within a b x -> is_derive phi x (s x) /\ continuous s x)
    (up : forall x, within a b x -> 0 < s x) (x y : R) :
  within a b x -> within a b y -> x < y -> phi x < phi y.
Proof.
  intros X Y H; destruct (MVT_gen phi x y s) as (z & Z & E).
  - intros t T; rewrite Rmin_left, Rmax_right in T by lra; apply slope, (within_between a b x y);
      [assumption .. | lra].
  - intros t T; rewrite Rmin_left, Rmax_right in T by lra; apply continuity_pt_filterlim, (ex_derive_continuous phi);
      exists (s t); apply slope, (within_between a b x y); [assumption .. | lra].
  - rewrite Rmin_left, Rmax_right in Z by lra; assert (0 < s z) by (apply up, (within_between a b x y);
      [assumption .. | lra]).
    assert (0 < s z * (y - x)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

Lemma subst_RInt (a b c d : Rbar) (phi s : R -> R)
    (into : forall x, within a b x -> within c d (phi x))
    (slope : forall x, within a b x -> is_derive phi x (s x) /\ continuous s x) (f : R -> R) (x y : R) :
  (forall z, within c d z -> continuous f z) -> within a b x -> within a b y ->
  is_RInt (fun t => s t * f (phi t)) x y (RInt f (phi x) (phi y)).
Proof.
  intros C X Y; apply (is_RInt_comp f phi s); intros t T;
    (assert (within a b t) by (destruct (Rle_dec x y);
      [rewrite Rmin_left, Rmax_right in T by lra; apply (within_between a b x y) | rewrite Rmin_right, Rmax_left in T
      by lra; apply (within_between a b y x)]; assumption)).
  - apply C, into; assumption.
  - apply slope; assumption.
Qed.

Lemma from_spec (c d : Rbar) (lt : Rbar_lt c d) (P : R -> Prop) : from c P ->
  exists y, within c d y /\ forall z, within c d z -> z < y -> P z.
Proof.
  destruct (middle c d lt) as [m [M M']]; intros H; destruct c as [r | |]; simpl in *; try contradiction.
  - destruct H as [e H]; assert (E := cond_pos e); exists (Rmin m (r + e)); assert (L := Rmin_l m (r + e));
      assert (L' := Rmin_r m (r + e)).
    split; [split; [simpl; apply Rmin_glb_lt; lra |] |].
    + destruct L as [L | ->]; [apply (Rbar_lt_trans _ m d); [exact L | exact M'] | exact M'].
    + intros z [Z _] N; apply H; [| exact Z]; unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp;
        simpl in *; apply Rabs_def1; lra.
  - destruct H as [k H]; exists (Rmin m k); assert (L := Rmin_l m k); split; [split; [exact I |] |].
    + destruct L as [L | ->]; [apply (Rbar_lt_trans _ m d); [exact L | exact M'] | exact M'].
    + intros z _ N; apply H; apply Rlt_le_trans with (1 := N), Rmin_r.
Qed.

Lemma upto_spec (c d : Rbar) (lt : Rbar_lt c d) (P : R -> Prop) : upto d P ->
  exists y, within c d y /\ forall z, within c d z -> y < z -> P z.
Proof.
  destruct (middle c d lt) as [m [M M']]; intros H; destruct d as [r | |]; simpl in *; try contradiction.
  - destruct H as [e H]; assert (E := cond_pos e); exists (Rmax m (r - e)); assert (L := Rmax_l m (r - e));
      assert (L' := Rmax_r m (r - e)).
    split; [split; [| simpl; apply Rmax_lub_lt; lra] |].
    + destruct L as [L | <-]; [apply (Rbar_lt_trans c m _); [exact M | exact L] | exact M].
    + intros z [_ Z] N; apply H; [| exact Z]; unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp;
        simpl in *; apply Rabs_def1; lra.
  - destruct H as [k H]; exists (Rmax m k); assert (L := Rmax_l m k); split; [split; [| exact I] |].
    + destruct L as [L | <-]; [apply (Rbar_lt_trans c m _); [exact M | exact L] | exact M].
    + intros z _ N; apply H; apply Rle_lt_trans with (2 := N), Rmax_r.
Qed.

Lemma base_subst (a b c d : Rbar) (lt : Rbar_lt a b) (phi psi s : R -> R)
    (into : forall x, within a b x -> within c d (phi x)) (back : forall y, within c d y -> within a b (psi y))
    (inverse : forall y, within c d y -> phi (psi y) = y)
    (slope : forall x, within a b x -> is_derive phi x (s x) /\ continuous s x)
    (up : forall x, within a b x -> 0 < s x) (f : R -> R) (v : R) :
  (forall z, within c d z -> continuous f z) -> base c d f v -> base a b (fun t => f (phi t) * s t) v.
Proof.
  intros C (_ & I & M & B).
  assert (lt_cd : Rbar_lt c d).
  { destruct (middle a b lt) as [x X]; destruct (into x X) as [X1 X2]; apply (Rbar_lt_trans c (phi x) d); assumption. }
  assert (J : forall x y, within a b x -> within a b y ->
    is_RInt (fun t => f (phi t) * s t) x y (RInt f (phi x) (phi y))).
  { intros x y X Y; apply (is_RInt_ext (fun t => s t * f (phi t)));
      [intros; apply Rmult_comm | apply (subst_RInt a b c d); assumption]. }
  split; [intros x y X Y; eexists; apply J; assumption |]; split.
  - intros W HW; specialize (I W HW); unfold filtermapi in *.
    assert (I' := filter_and _ _ I (ends c d lt_cd)); destruct I' as [P Q FP FQ H].
    (* the images of points near a are near c *)
    destruct (from_spec c d lt_cd P FP) as (y0 & Y0 & HP), (upto_spec c d lt_cd Q FQ) as (y1 & Y1 & HQ).
    assert (FP' : from a (fun x => within a b x /\ P (phi x) /\ True)).
    { apply (filter_imp _ _) with (2 := from_within a b _ (back _ Y0)); intros x [X N]; repeat split; try apply X;
        apply HP; [apply into, X |].
      assert (W2 := grows a b phi s slope up x (psi y0) X (back _ Y0) N); rewrite inverse in W2 by exact Y0; lra. }
    assert (FQ' : upto b (fun x => within a b x /\ Q (phi x) /\ True)).
    { apply (filter_imp _ _) with (2 := upto_within a b _ (back _ Y1)); intros x [X N]; repeat split; try apply X;
        apply HQ; [apply into, X |].
      assert (W2 := grows a b phi s slope up (psi y1) x (back _ Y1) X N); rewrite inverse in W2 by exact Y1; lra. }
    apply (Filter_prod _ _ _ _ _ FP' FQ'); intros x y (X & Px & _) (Y & Qy & _); simpl.
    destruct (H (phi x) (phi y) Px Qy) as [(z & Z & ZW) _]; exists z; split; [| exact ZW].
    simpl in Z; rewrite <- (is_RInt_unique _ _ _ _ Z); apply J; assumption.
  - exists M; intros x y X Y H.
    assert (E : is_RInt (fun t => s t * Rabs (f (phi t))) x y (RInt (fun z => Rabs (f z)) (phi x) (phi y))).
    { apply (subst_RInt a b c d phi s into slope (fun z => Rabs (f z))); try assumption; intros z Z;
        apply (continuous_comp f Rabs); [apply C, Z | apply continuous_Rabs]. }
    rewrite (RInt_ext _ (fun t => s t * Rabs (f (phi t)))).
    + rewrite (is_RInt_unique _ _ _ _ E); apply B; try (apply into; assumption).
      destruct H as [H | ->]; [left; apply (grows a b phi s); assumption | right; reflexivity].
    + intros t T; rewrite Rmin_left, Rmax_right in T by exact H; rewrite Rabs_mult, (Rabs_pos_eq (s t));
        [apply Rmult_comm |].
      left; apply up, (within_between a b x y); [assumption .. | lra].
Qed.

(* ---- Functions with finitely many cuts ------------------------------------------------------------------------ *)

(* Improper integrals of functions that are continuous between finitely many cuts. *)
Inductive pieces : Rbar -> Rbar -> (R -> R) -> R -> Prop :=
| whole a b f v : Rbar_lt a b -> (forall x, within a b x -> continuous f x) -> base a b f v -> pieces a b f v
| cut a b c f u v : within a b (c : R) -> pieces a c f u -> pieces c b f v -> pieces a b f (u + v).

Lemma pieces_part a b f v c : pieces a b f v -> within a b c ->
  exists u w, pieces a c f u /\ pieces c b f w /\ v = u + w.
Proof.
  intros H; revert c; induction H as [a b f v lt C B | a b d f u v D H1 IH1 H2 IH2]; intros c K.
  - destruct (base_part a b a c f v (proj1 K) (fun x => sub_left a b c x K) B) as [u U].
    destruct (base_part a b c b f v (proj2 K) (fun x => sub_right a b c x K) B) as [w W].
    exists u, w; split; [| split]; [apply whole; [apply K | | exact U] | apply whole;
      [apply K | | exact W] | apply (base_glue a b c f); assumption];
      intros x X; apply C; [apply (sub_left a b c) | apply (sub_right a b c)]; assumption.
  - destruct (Rtotal_order c d) as [N | [-> | N]].
    + destruct (IH1 c (conj (proj1 K) (N : Rbar_lt c d))) as (p & q & P & Q & ->).
      exists p, (q + v); split; [exact P |]; split;
        [apply (cut c b d); [split; [exact N | apply D] | exact Q | exact H2] | ring].
    + exists u, v; auto.
    + destruct (IH2 c (conj (N : Rbar_lt d c) (proj2 K))) as (p & q & P & Q & ->).
      exists (u + p), q; split; [apply (cut a c d); [split; [apply D | exact N] | exact H1 | exact P] |]; split;
        [exact Q | ring].
Qed.

Lemma pieces_add_whole a b g v : pieces a b g v -> forall f u, (forall x, within a b x -> continuous f x) ->
  base a b f u -> pieces a b (fun x => f x + g x) (u + v).
Proof.
  induction 1 as [a b g v lt C B | a b d g v w D H1 IH1 H2 IH2]; intros f u Cf Bf.
  - apply whole; [exact lt | intros x X; apply (continuous_plus f g); auto | apply base_add; assumption].
  - destruct (base_part a b a d f u (proj1 D) (fun x => sub_left a b d x D) Bf) as [p P].
    destruct (base_part a b d b f u (proj2 D) (fun x => sub_right a b d x D) Bf) as [q Q].
    rewrite (base_glue a b d f u p q D Bf P Q); replace (p + q + (v + w)) with ((p + v) + (q + w)) by ring.
    apply (cut a b d _ _ _ D); [apply IH1 | apply IH2]; try assumption; intros x X; apply Cf;
      [apply (sub_left a b d) | apply (sub_right a b d)]; assumption.
Qed.

Lemma pieces_add a b f u : pieces a b f u -> forall g v, pieces a b g v -> pieces a b (fun x => f x + g x) (u + v).
Proof.
  induction 1 as [a b f u lt C B | a b d f u w D H1 IH1 H2 IH2]; intros g v G.
  - apply pieces_add_whole; assumption.
  - destruct (pieces_part a b g v d G D) as (p & q & P & Q & ->).
    replace (u + w + (p + q)) with ((u + p) + (w + q)) by ring; apply (cut a b d _ _ _ D); auto.
Qed.

Lemma pieces_mul c a b f u : pieces a b f u -> pieces a b (fun x => c * f x) (c * u).
Proof.
  induction 1 as [a b f u lt C B | a b d f u w D H1 IH1 H2 IH2].
  - apply whole; [exact lt | intros x X; apply (continuous_scal_r c f), C, X | apply base_mul, B].
  - rewrite Rmult_plus_distr_l; apply (cut a b d _ _ _ D); assumption.
Qed.

Lemma pieces_pos a b f u : pieces a b f u -> (forall x, within a b x -> 0 <= f x) -> 0 <= u.
Proof.
  induction 1 as [a b f u lt C B | a b d f u w D H1 IH1 H2 IH2]; intros P; [apply (base_pos a b lt f); assumption |].
  assert (0 <= u) by (apply IH1; intros x X; apply P, (sub_left a b d); assumption).
  assert (0 <= w) by (apply IH2; intros x X; apply P, (sub_right a b d); assumption); lra.
Qed.

Lemma pieces_ext a b f g v : (forall x, within a b x -> f x = g x) -> pieces a b f v -> pieces a b g v.
Proof.
  intros E H; revert g E; induction H as [a b f v lt C (L & I & M & B) | a b d f u w D H1 IH1 H2 IH2]; intros g E.
  - assert (on : forall s t x, within a b s -> within a b t -> Rmin s t < x < Rmax s t -> within a b x).
    { intros s t x S T X; destruct (Rle_dec s t); [rewrite Rmin_left, Rmax_right in X by lra;
        apply (within_between a b s t) | rewrite Rmin_right, Rmax_left in X by lra; apply (within_between a b t s)];
        try assumption; lra. }
    apply whole; [exact lt | | split; [| split]].
    + intros x X; apply (continuous_ext_loc g f x); [| apply C, X].
      destruct (filter_and _ _ (open_Rbar_gt a x (proj1 X)) (open_Rbar_lt b x (proj2 X))) as [e H]; exists e;
        intros y Y; apply E; apply (H y Y).
    + intros s t S T; apply (ex_RInt_ext f); [intros x X; apply E, (on s t); assumption | apply L; assumption].
    + apply (is_RInt_gen_ext f); [| exact I]; apply (filter_imp _ _) with (2 := ends a b lt);
        intros [s t] (S & T & N) x X; apply E, (on s t); assumption.
    + exists M; intros s t S T N; rewrite (RInt_ext _ (fun x => Rabs (f x))); [apply B; assumption |].
      intros x X; rewrite E; [reflexivity | apply (on s t); assumption].
  - apply (cut a b d _ _ _ D); [apply IH1 | apply IH2]; intros x X; apply E;
      [apply (sub_left a b d) | apply (sub_right a b d)]; assumption.
Qed.

Lemma pieces_null (a b : Rbar) (lt : Rbar_lt a b) : pieces a b (fun _ => 0) 0.
Proof. apply whole; [exact lt | intros; apply continuous_const | apply base_null]. Qed.

Lemma pieces_mono (a b : Rbar) (f g : R -> R) (u v : R) :
  (forall x, within a b x -> f x <= g x) -> pieces a b f u -> pieces a b g v -> u <= v.
Proof.
  intros H F G; assert (0 <= v + -1 * u); [| lra].
  apply (pieces_pos a b (fun x => g x + -1 * f x)); [apply pieces_add; [exact G | apply pieces_mul, F] | intros x X;
    specialize (H x X); lra].
Qed.

Lemma pieces_ftc a b l p : pieces a b l p -> forall (f g : R -> R) (u v : nat -> R) (A B : R),
  (forall x, within a b x -> l x <= f x) -> (forall x, within a b x -> is_derive g x (f x)) ->
    (forall x, within a b x -> continuous f x) ->
  (forall n, within a b (u n)) -> filterlim u eventually (from a) -> is_lim_seq (fun n => g (u n)) A ->
  (forall n, within a b (v n)) -> filterlim v eventually (upto b) -> is_lim_seq (fun n => g (v n)) B ->
    pieces a b f (B - A).
Proof.
  induction 1 as [a b l p lt Cl Bl | a b c l p q C H1 IH1 H2 IH2]; intros f g u v A B Le D K U FU GA V FV GB.
  - apply whole; [exact lt | exact K | apply (base_ftc a b g f l p A B u v); assumption].
  - assert (lt : Rbar_lt a b) by (apply (Rbar_lt_trans a c b); apply C).
    destruct (to_left a c (proj1 C)) as (w & W1 & W2 & W3), (to_right b c (proj2 C)) as (z & Z1 & Z2 & Z3).
    assert (gc : forall y, is_lim_seq y c -> is_lim_seq (fun n => g (y n)) (g c)).
    { intros y Y; apply (is_lim_seq_continuous g); [| exact Y];
        apply continuity_pt_filterlim, (ex_derive_continuous g); exists (f c); apply D, C. }
    destruct (FU _ (from_within a b c C)) as [N HN], (FV _ (upto_within a b c C)) as [M HM].
    replace (B - A) with ((g c - A) + (B - g c)) by ring; apply (cut a b c _ _ _ C).
    + apply (IH1 f g (fun n => u (n + N)%nat) w); try (intros x X; first [apply Le | apply D | apply K];
        apply (sub_left a b c); assumption); try assumption; [| | | apply gc, W2].
      * intros n; destruct (HN (n + N)%nat ltac:(lia)) as [X Y]; split; [apply X | exact Y].
      * apply (shift_lim u (from a) N), FU.
      * apply (is_lim_seq_incr_n (fun n => g (u n)) N), GA.
    + apply (IH2 f g z (fun n => v (n + M)%nat)); try (intros x X; first [apply Le | apply D | apply K];
        apply (sub_right a b c); assumption); try assumption; [apply gc, Z2 | | |].
      * intros n; destruct (HM (n + M)%nat ltac:(lia)) as [X Y]; split; [exact Y | apply X].
      * apply (shift_lim v (upto b) M), FV.
      * apply (is_lim_seq_incr_n (fun n => g (v n)) M), GB.
Qed.

Lemma pieces_const (c d k : R) : c < d -> 0 <= k -> pieces c d (fun _ => k) (k * d - k * c).
Proof.
  intros H K; destruct (to_right d c H) as (u & U1 & U2 & U3), (to_left c d H) as (v & V1 & V2 & V3).
  apply (pieces_ftc c d (fun _ => 0) 0 (pieces_null c d H) (fun _ => k) (fun x => k * x) u v); try assumption.
  - intros; exact K.
  - intros x _; auto_derive; [exact I | ring].
  - intros; apply continuous_const.
  - apply (is_lim_seq_scal_l u k c), U2.
  - apply (is_lim_seq_scal_l v k d), V2.
Qed.

Lemma pieces_subst c d f v : pieces c d f v -> forall a b (phi psi s : R -> R), Rbar_lt a b ->
  (forall x, within a b x -> within c d (phi x)) -> (forall y, within c d y -> within a b (psi y)) ->
    (forall y, within c d y -> phi (psi y) = y) ->
  (forall x, within a b x -> is_derive phi x (s x) /\ continuous s x) -> (forall x, within a b x -> 0 < s x) ->
    pieces a b (fun t => f (phi t) * s t) v.
Proof.
  induction 1 as [c d f v lt Cf Bf | c d e f p q C H1 IH1 H2 IH2]; intros a b phi psi s lab Into Back Inv Sl Up.
  - apply whole; [exact lab | | apply (base_subst a b c d lab phi psi s Into Back Inv Sl Up f v Cf Bf)].
    intros x X; apply (continuous_mult (fun t => f (phi t)) s); [| apply Sl, X].
    apply (continuous_comp phi f); [apply (ex_derive_continuous phi); exists (s x); apply Sl, X | apply Cf, Into, X].
  - set (x0 := psi e); assert (X0 : within a b x0) by apply Back, C; assert (E : phi x0 = e) by apply Inv, C.
    assert (G : forall x y, within a b x -> within a b y -> x < y -> phi x < phi y)
      by (intros x y X Y N; apply (grows a b phi s Sl Up); assumption).
    assert (lc : forall y, within c e y -> within c d y) by (intros; apply (sub_left c d e); assumption);
      assert (rc : forall y, within e d y -> within c d y) by (intros; apply (sub_right c d e); assumption).
    apply (cut a b x0 _ _ _ X0).
    + apply (IH1 a x0 phi psi s (proj1 X0)); try (intros x X; first [apply Sl | apply Up]; apply (sub_left a b x0);
        assumption).
      * intros x X; assert (Y := sub_left a b x0 x X0 X); split;
          [apply Into, Y | simpl; rewrite <- E; apply G; [exact Y | exact X0 | apply X]].
      * intros y Y; assert (Z := Back y (lc y Y)); split; [apply Z |]; simpl; apply Rnot_le_lt; intros [N | N].
        -- assert (W := G _ _ X0 Z N); rewrite E, Inv in W by apply lc, Y; destruct Y as [_ Y]; simpl in Y; lra.
        -- rewrite N in E; rewrite Inv in E by apply lc, Y; destruct Y as [_ Y]; simpl in Y; lra.
      * intros y Y; apply Inv, lc, Y.
    + apply (IH2 x0 b phi psi s (proj2 X0)); try (intros x X; first [apply Sl | apply Up]; apply (sub_right a b x0);
        assumption).
      * intros x X; assert (Y := sub_right a b x0 x X0 X); split;
          [simpl; rewrite <- E; apply G; [exact X0 | exact Y | apply X] | apply Into, Y].
      * intros y Y; assert (Z := Back y (rc y Y)); split; [| apply Z]; simpl; apply Rnot_le_lt; intros [N | N].
        -- assert (W := G _ _ Z X0 N); rewrite E, Inv in W by apply rc, Y; destruct Y as [Y _]; simpl in Y; lra.
        -- rewrite <- N in E; rewrite Inv in E by apply rc, Y; destruct Y as [Y _]; simpl in Y; lra.
      * intros y Y; apply Inv, rc, Y.
Qed.

(* ---- Reflection: from x to - x -------------------------------------------------------------------------------- *)

Lemma from_opp b Q : upto b Q -> from (Rbar_opp b) (fun x => Q (- x)).
Proof.
  destruct b as [r | |]; simpl.
  - intros [e H]; exists e; intros y Y Z; apply H; [| lra]; unfold ball in *; simpl in *;
      unfold AbsRing_ball, abs, minus, plus, opp in *; simpl in *.
    rewrite <- Rabs_Ropp; replace (- (- y + - r)) with (y + - - r) by ring; exact Y.
  - intros [M H]; exists (- M); intros y Y; apply H; lra.
  - intros [M H]; exists (- M); intros y Y; apply H; lra.
Qed.

Lemma upto_opp a Q : from a Q -> upto (Rbar_opp a) (fun x => Q (- x)).
Proof.
  destruct a as [r | |]; simpl.
  - intros [e H]; exists e; intros y Y Z; apply H; [| lra]; unfold ball in *; simpl in *;
      unfold AbsRing_ball, abs, minus, plus, opp in *; simpl in *.
    rewrite <- Rabs_Ropp; replace (- (- y + - r)) with (y + - - r) by ring; exact Y.
  - intros [M H]; exists (- M); intros y Y; apply H; lra.
  - intros [M H]; exists (- M); intros y Y; apply H; lra.
Qed.

Lemma within_opp a b x : within (Rbar_opp b) (Rbar_opp a) x -> within a b (- x).
Proof. intros [A B]; split; [destruct a | destruct b]; simpl in *; try lra; try contradiction; exact I. Qed.

Lemma within_opp' a b x : within a b x -> within (Rbar_opp b) (Rbar_opp a) (- x).
Proof. intros [A B]; split; [destruct b | destruct a]; simpl in *; try lra; try contradiction; exact I. Qed.

Lemma opp_lt a b : Rbar_lt a b -> Rbar_lt (Rbar_opp b) (Rbar_opp a).
Proof. intros H; destruct a, b; simpl in *; try lra; try contradiction; exact I. Qed.

Lemma is_RInt_opp_arg (f : R -> R) s t y : is_RInt f (- t) (- s) y -> is_RInt (fun x => f (- x)) s t y.
Proof.
  intros H; apply is_RInt_swap, (is_RInt_comp_opp f), is_RInt_opp in H; rewrite opp_opp in H.
  apply (is_RInt_ext (fun x => opp (opp (f (- x))))); [intros; apply opp_opp | exact H].
Qed.

Lemma base_reflect a b f v : base a b f v -> base (Rbar_opp b) (Rbar_opp a) (fun x => f (- x)) v.
Proof.
  intros (L & Ig & M & B); split; [| split].
  - intros s t S T; destruct (L (- t) (- s) (within_opp _ _ _ T) (within_opp _ _ _ S)) as [y Y]; exists y;
      apply is_RInt_opp_arg, Y.
  - intros P HP; specialize (Ig P HP); unfold filtermapi in *; destruct Ig as [Q1 Q2 F1 F2 H].
    exists (fun x => Q2 (- x)) (fun x => Q1 (- x)); [apply from_opp, F2 | apply upto_opp, F1 |].
    intros s t S T; destruct (H (- t) (- s) T S) as (y & Y & Z); exists y; split;
      [apply is_RInt_opp_arg, Y | exact Z].
  - exists M; intros s t S T H; rewrite (is_RInt_unique (fun x => Rabs (f (- x))) s t
      (RInt (fun x => Rabs (f x)) (- t) (- s))).
    + apply B; [apply within_opp, T | apply within_opp, S | lra].
    + apply (is_RInt_opp_arg (fun x => Rabs (f x))), (RInt_correct (fun x => Rabs (f x))), (ex_RInt_norm f), L;
        apply within_opp; assumption.
Qed.

Lemma pieces_reflect a b f v : pieces a b f v -> pieces (Rbar_opp b) (Rbar_opp a) (fun x => f (- x)) v.
Proof.
  induction 1 as [a b f v lt C B | a b c f u v C H1 IH1 H2 IH2].
  - apply whole; [apply opp_lt, lt | | apply base_reflect, B]; intros x X; apply (continuous_comp (fun y => - y) f);
      [apply (ex_derive_continuous (fun y => - y)); auto_derive; exact I | apply C, within_opp, X].
  - rewrite Rplus_comm; apply (cut _ _ (- c)); [apply within_opp', C | exact IH2 | exact IH1].
Qed.
